package dev.unlost.people.query;

import java.util.List;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

interface PersonRows extends Repository<PersonRow, PersonRow.Key> {

    // an array, as a list would make another query for every number of ids, each translated anew whenever it is asked
    @NativeQuery("select * from unlost.person where factory_id = :factoryId and id = any(:ids)")
    List<PersonRow> find(String factoryId, String[] ids);
}
