package dev.unlost.metahub.query;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** An attribute as the read model has it. */
@Entity
@Immutable
@Table(schema = "unlost", name = "attribute")
class AttributeRow extends MetahubRow {}
