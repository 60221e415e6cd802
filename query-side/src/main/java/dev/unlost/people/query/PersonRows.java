package dev.unlost.people.query;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.Repository;

interface PersonRows extends Repository<PersonRow, PersonRow.Key> {

    List<PersonRow> findByKeyFactoryIdAndKeyIdIn(String factoryId, Collection<String> ids);
}
