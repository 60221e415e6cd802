package dev.unlost.client;

/**
 * The records of one metahub. Each kind caches what was read of it, so that this is to be kept.
 *
 * <p>Attributes and elements are listed of one catalog at a time, {@code Query.all().where("catalogId", id)}; so there is
 * no {@link Records#live()} of them.
 */
public final class Metahub {

    private final Records<MetahubRecord> hubs;
    private final Records<MetahubRecord> catalogs;
    private final Records<MetahubRecord> attributes;
    private final Records<MetahubRecord> elements;

    Metahub(String id, Engine engine) {
        String root = "/api/metahubs/" + Addresses.encode(id);
        hubs = records("hub", root + "/hubs", engine);
        catalogs = records("catalog", root + "/catalogs", engine);
        attributes = records("attribute", root + "/attributes", engine);
        elements = records("element", root + "/elements", engine);
    }

    private static Records<MetahubRecord> records(String type, String path, Engine engine) {
        return new Records<>(
                Resource.of(type, path, MetahubRecord.CODEC)
                        .named(MemberNames.METAHUB)
                        .merging("data"),
                engine);
    }

    public Records<MetahubRecord> hubs() {
        return hubs;
    }

    public Records<MetahubRecord> catalogs() {
        return catalogs;
    }

    public Records<MetahubRecord> attributes() {
        return attributes;
    }

    /** @return the elements; an update of one sends the values of attributes that differ, each by itself */
    public Records<MetahubRecord> elements() {
        return elements;
    }
}
