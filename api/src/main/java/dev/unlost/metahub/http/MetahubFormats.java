package dev.unlost.metahub.http;

import dev.unlost.metahub.MetahubType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How each type is shown, wherever it is shown. */
@Configuration(proxyBeanMethods = false)
class MetahubFormats {

    @Bean
    MetahubFormat hubFormat() {
        return new MetahubFormat(MetahubType.HUB);
    }

    @Bean
    MetahubFormat catalogFormat() {
        return new MetahubFormat(MetahubType.CATALOG);
    }

    @Bean
    MetahubFormat attributeFormat() {
        return new MetahubFormat(MetahubType.ATTRIBUTE);
    }

    @Bean
    MetahubFormat elementFormat() {
        return new MetahubFormat(MetahubType.ELEMENT);
    }
}
