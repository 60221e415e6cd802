package dev.unlost.http;

import java.util.List;
import java.util.Map;

/**
 * What a kind of record calls the members that all records have, in the answers it gives and the bodies it reads.
 *
 * @param versionCarriers the members by which a write may say which version it was based on
 * @param updatedAtCarriers the members by which a write may say it with a time
 * @param readOnly the read-only members that a write may send back: name in bodies to the name that
 *     {@link dev.unlost.versioning.ReadOnlyMembers} knows
 */
public record MemberNames(
        String version,
        String createdAt,
        String createdBy,
        String updatedAt,
        String updatedBy,
        List<String> versionCarriers,
        List<String> updatedAtCarriers,
        Map<String, String> readOnly) {

    /** The names that records have unless their kind has reasons for others. */
    public static final MemberNames PLAIN = new MemberNames(
            "version",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy",
            List.of("version", "expectedVersion"),
            List.of("updatedAt"),
            Map.of(
                    "id", "id",
                    "factoryId", "factoryId",
                    "createdAt", "createdAt",
                    "createdBy", "createdBy",
                    "updatedBy", "updatedBy"));

    /** The names in a metahub, whose records leave all others to their users. */
    public static final MemberNames METAHUB = new MemberNames(
            "_uplVersion",
            "_uplCreatedAt",
            "_uplCreatedBy",
            "_uplUpdatedAt",
            "_uplUpdatedBy",
            List.of("_uplVersion", "version", "expectedVersion"),
            List.of("_uplUpdatedAt", "updatedAt"),
            Map.of(
                    "id", "id",
                    "metahubId", "namespace",
                    "factoryId", "factoryId",
                    "_uplCreatedAt", "createdAt",
                    "_uplCreatedBy", "createdBy",
                    "_uplUpdatedBy", "updatedBy"));
}
