package dev.unlost.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.metahub.MetahubCommand.CreateMetahubRecord;
import dev.unlost.versioning.RecordCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleMetahubTest {

    private final List<CreateMetahubRecord> records = SampleMetahub.records();

    @Test
    void everyCountryIsNamedInBothLanguages() {
        assertThat(records)
                .filteredOn(record -> record.details().data().containsKey("alpha2"))
                .hasSizeGreaterThan(240)
                .extracting(record -> record.details().get("name"))
                .contains(Map.of("_primary", "en", "en", "Germany", "ru", "Германия"));
    }

    @Test
    void eachRecordHasAnIdOfItsOwnThatItAlwaysHas() {
        assertThat(records).extracting(RecordCommand::key).doesNotHaveDuplicates();
        assertThat(SampleMetahub.records()).isEqualTo(records);
    }
}
