package dev.unlost.feed.query;

import dev.unlost.feed.Feed;
import dev.unlost.versioning.RecordType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The feed, and the one tail of a node that it lives on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TailSettings.class)
class FeedConfiguration {

    @Bean
    static ChangeDecoder changeDecoder(
            @Qualifier("eventSerializer") Serializer serializer, ObjectProvider<EventUpcaster> upcaster) {
        return new ChangeDecoder(serializer, upcaster.getIfAvailable(() -> NoOpEventUpcaster.INSTANCE));
    }

    @Bean
    static FanOut feedFanOut(ChangeDecoder decoder, TailSettings settings) {
        return new FanOut(decoder, settings.queueSize());
    }

    @Bean
    static HorizonWatch logHorizonWatch(TailSettings settings) {
        return new HorizonWatch(settings.alarmAfter());
    }

    @Bean
    static LogTail logTail(
            @Qualifier("maintenanceDataSource") DataSource maintenance,
            EventBus eventBus,
            FanOut fanOut,
            HorizonWatch watch,
            TailSettings settings) {
        return new LogTail(maintenance, eventBus, fanOut, watch, settings.pollInterval());
    }

    @Bean
    static Feed feed(
            List<RecordType<?, ?>> types,
            @Qualifier("maintenanceDataSource") DataSource maintenance,
            ChangeDecoder decoder,
            FanOut fanOut,
            LogTail tail,
            TailSettings settings) {
        return new LiveFeed(
                types,
                new Backlog(maintenance, decoder, settings.pageSize(), settings.backlogConnections()),
                fanOut,
                tail::wake);
    }

    @Bean
    static MeterBinder feedMeters(LogTail tail) {
        return registry -> {
            TimeGauge.builder(
                            "unlost.feed.lag",
                            tail,
                            TimeUnit.MILLISECONDS,
                            t -> t.lag().toMillis())
                    .description("How long the log's readers have been kept from going on")
                    .register(registry);
            Gauge.builder("unlost.feed.lag.events", tail, LogTail::waitingEvents)
                    .description("Committed events that the log's readers are kept from")
                    .register(registry);
        };
    }

    @Bean
    static HealthIndicator feedHealthIndicator(LogTail tail, TailSettings settings) {
        return new FeedHealth(tail, settings.alarmAfter());
    }
}
