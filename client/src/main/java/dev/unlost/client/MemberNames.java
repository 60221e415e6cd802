package dev.unlost.client;

import java.util.Objects;

/**
 * What a kind of record calls the members that every record has.
 *
 * @param version a whole number from 1
 * @param createdAt a time in RFC 3339
 * @param createdBy who created the record
 * @param updatedAt a time in RFC 3339
 * @param updatedBy who changed the record last
 */
public record MemberNames(String version, String createdAt, String createdBy, String updatedAt, String updatedBy) {

    /** {@code version}, {@code updatedAt}, …, as customers have them. */
    public static final MemberNames PLAIN =
            new MemberNames("version", "createdAt", "createdBy", "updatedAt", "updatedBy");

    /** {@code _uplVersion}, {@code _uplUpdatedAt}, …, as the records of a metahub have them. */
    public static final MemberNames METAHUB =
            new MemberNames("_uplVersion", "_uplCreatedAt", "_uplCreatedBy", "_uplUpdatedAt", "_uplUpdatedBy");

    public MemberNames {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(createdBy, "createdBy");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(updatedBy, "updatedBy");
    }
}
