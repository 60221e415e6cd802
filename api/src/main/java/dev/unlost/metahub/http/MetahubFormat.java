package dev.unlost.metahub.http;

import dev.unlost.http.MemberNames;
import dev.unlost.http.RecordFormat;
import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.RecordView;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the records of a metahub are shown, of one type. */
class MetahubFormat implements RecordFormat<MetahubDetails> {

    /** What every path here begins with; anything else is no metahub. */
    static final String METAHUB = "/api/metahubs/{metahubId:[a-z0-9-]{1,64}}";

    private final MetahubType type;

    MetahubFormat(MetahubType type) {
        this.type = type;
    }

    @Override
    public MetahubType type() {
        return type;
    }

    @Override
    public MemberNames names() {
        return MemberNames.METAHUB;
    }

    @Override
    public boolean preconditionRequired() {
        return false;
    }

    @Override
    public String path(RecordView<?> view) {
        return "/api/metahubs/" + view.key().namespace() + "/" + type.name() + "s/"
                + view.key().localId();
    }

    @Override
    public Map<String, String> identity(RecordView<?> view) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("id", view.key().localId());
        identity.put("metahubId", String.valueOf(view.key().namespace()));
        identity.put("factoryId", view.factoryId());
        return identity;
    }

    @Override
    public Map<String, ?> members(RecordView<?> view) {
        return type.nested((MetahubDetails) view.details());
    }
}
