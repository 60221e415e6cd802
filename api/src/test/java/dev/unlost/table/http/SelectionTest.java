package dev.unlost.table.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SelectionTest {

    private static final ObjectNode RECORD = (ObjectNode) new JsonMapper().readTree("""
            {"id": "1", "metahubId": "main", "version": 7, "name": "Acme", "contactName": null, "active": true,
             "address": {"city": "Bern", "geo": {"lat": 46.9, "n-s": "n"}, "none": null}, "tags": ["a", "b"],
             "updatedAt": "2026"}""");

    private static String selected(String select, boolean withoutNulls) {
        return Selection.parse(TestTable.TABLE, select)
                .of(RECORD, withoutNulls)
                .toString()
                .replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name                         | {'name':'Acme'}
            contact_name,name            | {'contact_name':null,'name':'Acme'}
            who:name,n:version           | {'who':'Acme','n':7}
            "odd name":name              | {'odd name':'Acme'}
            address->>city               | {'city':'Bern'}
            address->geo                 | {'geo':{'lat':46.9,'n-s':'n'}}
            address->geo->>lat           | {'lat':'46.9'}
            address->geo->lat            | {'lat':46.9}
            address->geo->>n-s           | {'n-s':'n'}
            geo:address->>geo            | {'geo':'{'lat':46.9,'n-s':'n'}'}
            address->>none,x:address->>y | {'none':null,'x':null}
            one:tags->0,two:tags->>1     | {'one':'a','two':'b'}
            tags->7                      | {'7':null}
            ``                           | {}
            """)
    void showsWhatIsSelected(String select, String shown) {
        assertThat(selected(select == null ? "" : select, false).replace("\\'", "'"))
                .isEqualTo(shown);
    }

    @Test
    void aStarIsAllColumnsAndNullsCanBeLeftOut() {
        assertThat(selected("*", true))
                .startsWith("{'id':'1','metahub_id':'main','version':7,'name':'Acme','active':true,'address':")
                .doesNotContain("contact_name");
        assertThat(selected("*,mine:name", false)).endsWith("'mine':'Acme'}").contains("'contact_name':null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nome",
                "name,",
                ",name",
                "name,name",
                "*,name",
                "name::text",
                "a:name::text",
                "name.max()",
                "count()",
                "n:count()",
                "orders(id)",
                "o:orders(id)",
                "orders!inner(id)",
                "...orders(id)",
                "name->>x",
                "address->",
                "address->>",
                "address->>a->b",
                "a->b:name",
                "a:",
                "name x",
                "\"name",
            })
    void refusesWhatIsNoSelection(String select) {
        assertThatThrownBy(() -> Selection.parse(TestTable.TABLE, select))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().type().status()).isEqualTo(400));
    }
}
