package dev.unlost.metahub.query;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A catalog as the read model has it. */
@Entity
@Immutable
@Table(schema = "unlost", name = "catalog")
class CatalogRow extends MetahubRow {}
