package dev.unlost.metahub.query;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A hub as the read model has it. */
@Entity
@Immutable
@Table(schema = "unlost", name = "hub")
class HubRow extends MetahubRow {}
