package dev.unlost.customer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerCommand.CreateCustomerCommand;
import dev.unlost.customer.CustomerCommand.UpdateCustomerCommand;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerPatch;
import dev.unlost.http.Members;
import dev.unlost.versioning.Assign;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CustomerCodecTest {

    private static final String ID = "0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e0f";
    private static final JsonMapper JSON = new JsonMapper();

    private final CustomerCodec codec = new CustomerCodec();

    @Test
    void aWholeBodyBecomesTheDetails() {
        assertThat(details("""
                        {"name":"A","contactName":"B","contactTitle":"C","email":"a@b","phone":"1","notes":"x\\ny",
                         "address":{"street":"S","city":"T","region":"R","postalCode":"1","country":"DE"},
                         "tags":["z","a","z"]}"""))
                .isEqualTo(new CustomerDetails(
                        "A", "B", "C", "a@b", "1", new Address("S", "T", "R", "1", "DE"), List.of("a", "z"), "x\ny"));
    }

    @Test
    void whatIsLeftOutOrNullHasNoValue() {
        CustomerDetails bare = new CustomerDetails("A", null, null, null, null, null, List.of(), null);
        assertThat(details("{\"name\":\"A\"}")).isEqualTo(bare);
        assertThat(details("{\"name\":\"A\",\"email\":null,\"address\":null,\"tags\":null}"))
                .isEqualTo(bare);
        assertThat(details("{\"name\":\"A\",\"address\":{}}")).isEqualTo(bare);
    }

    @Test
    void aPatchSetsWhatItNamesAndClearsWhatIsNull() {
        assertThat(patch("{\"phone\":\"1\",\"email\":null,\"address\":{\"city\":\"T\"},\"tags\":[]}"))
                .isEqualTo(new CustomerPatch(
                        null,
                        null,
                        null,
                        new Assign<>(null),
                        new Assign<>("1"),
                        new Assign<>(new Address(null, "T", null, null, null)),
                        new Assign<>(List.of()),
                        null));
        assertThat(patch("{}")).isEqualTo(new CustomerPatch(null, null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":7}                                     | name type",
                "{\"name\":true}                                  | name type",
                "{\"name\":[\"A\"]}                               | name type",
                "{\"name\":null}                                  | name required",
                "{\"name\":\"\"}                                  | name blank",
                "{\"name\":\"\\u0000\"}                           | name characters",
                "{\"name\":\"\\ud800\"}                           | name characters",
                "{\"phone\":1}                                    | phone type",
                "{\"email\":\"x\"}                                | email email",
                "{\"address\":\"x\"}                              | address type",
                "{\"address\":[]}                                 | address type",
                "{\"address\":{\"city\":1}}                       | address.city type",
                "{\"address\":{\"country\":\"de\"}}               | address.country country",
                "{\"address\":{\"planet\":\"x\"}}                 | address.planet unknown",
                "{\"tags\":\"x\"}                                 | tags type",
                "{\"tags\":[\"a\",1]}                             | tags[1] type",
                "{\"tags\":[null]}                                | tags[0] type",
                "{\"tags\":{}}                                    | tags type",
                "{\"nickname\":\"x\"}                             | nickname unknown",
                "{\"__proto__\":{}}                               | __proto__ unknown",
                "{\"\":1}                                         | (empty) unknown",
            })
    void whatIsWrongIsNamed(String body, String error) {
        String field = error.substring(0, error.lastIndexOf(' ')).replace("(empty)", "");
        assertThat(errors(body)).containsExactly(field + " " + error.substring(error.lastIndexOf(' ') + 1));
    }

    @Test
    void allThatIsWrongIsNamedAtOnceAndEachFieldOnce() {
        assertThat(
                        errors(
                                "{\"name\":null,\"phone\":1,\"email\":\"x\",\"address\":{\"city\":1,\"country\":\"xx\"},\"x\":1}"))
                .containsExactlyInAnyOrder(
                        "name required",
                        "phone type",
                        "address.city type",
                        "x unknown",
                        "email email",
                        "address.country country");
        Refusal.InvalidFields whole =
                catchThrowableOfType(Refusal.InvalidFields.class, () -> details("{\"name\":7,\"email\":\"x\"}"));
        assertThat(whole.errors())
                .extracting(e -> e.field() + " " + e.code())
                .containsExactly("name type", "email email");
    }

    @Test
    void memberNamesThatCannotBeShownAreToldNonetheless() {
        assertThat(errors("{\"a\\ud800\\u0000\":1}")).containsExactly("a\uFFFD\uFFFD unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e0f,true",
        "0193A5C4-9F3C-7D2B-8A41-2F6B7C8D9E0F,true",
        "00000000-0000-0000-0000-000000000000,true",
        "1-1-1-1-1,false",
        "0193a5c49f3c7d2b8a412f6b7c8d9e0f,false",
        "0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e0g,false",
        "'0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e0f ',false",
        "'',false",
        "x,false",
    })
    void idsAreUuidsInOneSpelling(String id, boolean good) {
        assertThat(codec.canonicalId(id).isPresent()).isEqualTo(good);
        codec.canonicalId(id)
                .ifPresent(canonical -> assertThat(canonical).isEqualTo(canonical.toLowerCase(java.util.Locale.ROOT)));
        assertThat(codec.canonicalId(codec.newId())).isPresent();
    }

    private CustomerDetails details(String json) {
        return ((CreateCustomerCommand) codec.create(ID, ExpectedVersion.NEW, members(json), ReadOnlyMembers.NONE))
                .details();
    }

    private CustomerPatch patch(String json) {
        return ((UpdateCustomerCommand)
                        codec.update(ID, ExpectedVersion.version(1), members(json), ReadOnlyMembers.NONE, false))
                .patch();
    }

    private List<String> errors(String patch) {
        Refusal.InvalidFields refused = catchThrowableOfType(Refusal.InvalidFields.class, () -> patch(patch));
        assertThat(refused).as("refusal").isNotNull();
        return refused.errors().stream()
                .map(error -> error.field() + " " + error.code())
                .toList();
    }

    private static Members members(String json) {
        return new Members((ObjectNode) JSON.readTree(json));
    }
}
