package dev.unlost.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service, put together from all its modules. */
@SpringBootApplication(scanBasePackages = UnlostApplication.BASE_PACKAGE)
@AutoConfigurationPackage(basePackages = UnlostApplication.BASE_PACKAGE)
@ConfigurationPropertiesScan(UnlostApplication.BASE_PACKAGE)
public class UnlostApplication {

    static final String BASE_PACKAGE = "dev.unlost";

    public static void main(String[] args) {
        // Axon would advertise a product of its vendor in every log
        System.setProperty("disable-axoniq-console-message", "true");
        SpringApplication.run(UnlostApplication.class, args);
    }
}
