package dev.unlost.app.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unlost.metahub.MetahubCommand.CreateMetahubRecord;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * Creates a metahub by the commands that users send: the countries of ISO 3166, named in English and Russian by the JDK's
 * own locale data, and shippers that refer to them. An id follows from what it names, so that each record is created
 * once, whatever nodes start however often.
 */
@Component
@ConditionalOnBooleanProperty("unlost.sample.enabled")
class SampleMetahub implements ApplicationRunner {

    static final String METAHUB = "main";

    private static final Logger LOG = LoggerFactory.getLogger(SampleMetahub.class);
    private static final Origin ORIGIN = new Origin(SampleCustomers.FACTORY, "sample-data", null);
    private static final Locale RUSSIAN = Locale.of("ru");

    private final CommandGateway commands;

    SampleMetahub(CommandGateway commands) {
        this.commands = commands;
    }

    @Override
    public void run(ApplicationArguments args) {
        List<CreateMetahubRecord> records = records();
        long created = records.stream().filter(this::create).count();
        LOG.info(
                "Sample metahub {} of factory {}: {} created, {} there already",
                METAHUB,
                SampleCustomers.FACTORY,
                created,
                records.size() - created);
    }

    /** In an order in which each finds what it refers to. */
    static List<CreateMetahubRecord> records() {
        List<CreateMetahubRecord> records = new ArrayList<>();
        records.add(create(
                MetahubType.HUB,
                "geography",
                Map.of("codename", "geography", "name", named("Geography", "География"))));
        records.add(create(
                MetahubType.CATALOG,
                "iso-3166",
                Map.of(
                        "codename",
                        "iso-3166",
                        "name",
                        named("Countries", "Страны"),
                        "description",
                        named("ISO 3166-1", "ИСО 3166-1"),
                        "hubs",
                        List.of(id("geography")))));
        records.add(attribute("iso-3166", "alpha2", "STRING", Map.of("pattern", "^[A-Z]{2}$"), 1));
        records.add(attribute("iso-3166", "alpha3", "STRING", Map.of("pattern", "^[A-Z]{3}$"), 2));
        Arrays.stream(Locale.getISOCountries())
                .sorted()
                .map(SampleMetahub::country)
                .forEach(records::add);
        records.add(create(
                MetahubType.CATALOG,
                "shippers",
                Map.of("codename", "shippers", "name", named("Shippers", "Перевозчики"), "order", 1)));
        records.add(create(
                MetahubType.ATTRIBUTE,
                "shippers/country",
                Map.of(
                        "catalogId",
                        id("shippers"),
                        "codename",
                        "country",
                        "name",
                        named("Country", "Страна"),
                        "type",
                        "REF",
                        "refCatalogId",
                        id("iso-3166"),
                        "required",
                        true,
                        "searchable",
                        true)));
        records.add(shipper("speedy-express", "Speedy Express", "US"));
        records.add(shipper("united-package", "United Package", "US"));
        records.add(shipper("federal-shipping", "Federal Shipping", "CA"));
        return records;
    }

    private static CreateMetahubRecord country(String code) {
        Locale country = Locale.of("", code);
        return create(
                MetahubType.ELEMENT,
                "iso-3166/" + code,
                Map.of(
                        "catalogId", id("iso-3166"),
                        "codename", code.toLowerCase(Locale.ROOT),
                        "name", named(country.getDisplayCountry(Locale.ENGLISH), country.getDisplayCountry(RUSSIAN)),
                        "data", Map.of("alpha2", code, "alpha3", country.getISO3Country())));
    }

    private static CreateMetahubRecord shipper(String codename, String name, String country) {
        return create(
                MetahubType.ELEMENT,
                "shippers/" + codename,
                Map.of(
                        "catalogId", id("shippers"),
                        "codename", codename,
                        "name", Map.of("en", name),
                        "data", Map.of("country", id("iso-3166/" + country))));
    }

    private static CreateMetahubRecord attribute(
            String catalog, String codename, String type, Map<String, Object> constraints, int order) {
        return create(
                MetahubType.ATTRIBUTE,
                catalog + "/" + codename,
                Map.of(
                        "catalogId",
                        id(catalog),
                        "codename",
                        codename,
                        "name",
                        Map.of("en", codename),
                        "type",
                        type,
                        "required",
                        true,
                        "searchable",
                        true,
                        "constraints",
                        constraints,
                        "order",
                        order));
    }

    private static Map<String, Object> named(String english, String russian) {
        return Map.of("_primary", "en", "en", english, "ru", russian);
    }

    private static CreateMetahubRecord create(MetahubType type, String what, Map<String, ?> members) {
        return new CreateMetahubRecord(
                RecordKey.within(METAHUB, type.name(), id(what)),
                ExpectedVersion.ABSENT,
                type.details(Map.copyOf(members)),
                ReadOnlyMembers.NONE);
    }

    private static String id(String what) {
        return UUID.nameUUIDFromBytes((SampleCustomers.FACTORY + "/" + METAHUB + "/" + what).getBytes(UTF_8))
                .toString();
    }

    private boolean create(CreateMetahubRecord command) {
        try {
            commands.sendAndWait(GenericCommandMessage.<CreateMetahubRecord>asCommandMessage(command)
                    .andMetaData(ORIGIN.toMetaData()));
            return true;
        } catch (Refusal.VersionConflict alreadyThere) {
            return false;
        }
    }
}
