package dev.unlost.app;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClockProperties.class)
class ClockConfiguration {

    @Bean
    Clock clock(ClockProperties properties) {
        return Clock.offset(Clock.systemUTC(), properties.offset());
    }
}
