package dev.unlost.metahub.command;

import static dev.unlost.metahub.MetahubType.ATTRIBUTE;
import static dev.unlost.metahub.MetahubType.CATALOG;
import static dev.unlost.metahub.MetahubType.ELEMENT;
import static dev.unlost.metahub.MetahubType.HUB;
import static java.util.Objects.requireNonNull;

import dev.unlost.metahub.AttributeDefinition;
import dev.unlost.metahub.AttributeKind;
import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubType;
import dev.unlost.metahub.command.MetahubSets.Member;
import dev.unlost.metahub.command.MetahubSets.Reference;
import dev.unlost.metahub.command.MetahubSets.Referrer;
import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.FieldError;
import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.Offending;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import dev.unlost.versioning.Refusal.RuleViolated;
import dev.unlost.versioning.Refusal.VersionConflict;
import dev.unlost.versioning.command.AdvisoryLocks;
import dev.unlost.versioning.command.AdvisoryLocks.Wanted;
import dev.unlost.versioning.command.SetRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a metahub demand of each other: no two of one parent have the same codename; what a record refers
 * to is there, and nothing is deleted that others refer to; an element's data is what its catalog's attributes say, so
 * that an attribute can change only as far as the elements go along.
 *
 * <p>Each record that others rely on has a lock. Whoever relies on it shares the lock; whoever changes what they rely on
 * has it alone: elements share their catalog's, whose shape an attribute changes alone. Locks are taken in one order,
 * those of hubs, catalogs and codenames before those of elements, which are known only once the shape is.
 */
final class MetahubSetRules implements SetRules {

    private static final String REF_CATALOG_ID = "refCatalogId";

    private static final int RANK_OF_HUBS = 0;
    private static final int RANK_OF_CATALOGS = 1;
    private static final int RANK_OF_CODENAMES = 2;
    private static final int RANK_OF_ELEMENTS = 3;

    private final MetahubSets sets;
    private final AdvisoryLocks locks;
    private final RecordLog log;

    MetahubSetRules(MetahubSets sets, AdvisoryLocks locks, RecordLog log) {
        this.sets = sets;
        this.locks = locks;
        this.log = log;
    }

    @Override
    public boolean concern(String type) {
        return MetahubType.ALL.stream().anyMatch(each -> each.name().equals(type));
    }

    @Override
    public SortedMap<Integer, Refusal> enforce(Origin origin, List<Changed> changes) {
        String factory = origin.factoryId();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (concern(changes.get(i).after().key().type())) {
                Step step = new Step(i, factory, changes.get(i));
                if (step.matters()) {
                    steps.add(step);
                }
            }
        }
        locks.take(
                factory, steps.stream().flatMap(step -> step.locks().stream()).toList());
        locks.take(
                factory,
                steps.stream().flatMap(step -> step.locksOfElements().stream()).toList());
        // rows are written in an order that is the same for everybody; what is told of goes by the order of the changes
        List<Step> inOrderOfKeys = steps.stream()
                .sorted(Comparator.comparing(step -> step.key.toString()))
                .toList();
        SortedMap<Integer, Refusal> refusals = new TreeMap<>();
        Map<Codename, RecordKey> taken = new HashMap<>();
        inOrderOfKeys.forEach(Step::giveUp);
        unlessRefused(steps, refusals, step -> step.mustBeSound(taken));
        unlessRefused(inOrderOfKeys, refusals, Step::write);
        unlessRefused(steps, refusals, Step::mustGoWithTheOthers);
        return refusals;
    }

    private static void unlessRefused(List<Step> steps, SortedMap<Integer, Refusal> refusals, Consumer<Step> part) {
        for (Step step : steps) {
            if (!refusals.containsKey(step.place)) {
                try {
                    part.accept(step);
                } catch (Refusal refusal) {
                    refusals.put(step.place, refusal);
                }
            }
        }
    }

    /** What only one record has. */
    private record Codename(String type, String parent, String codename) {}

    /**
     * One record's part. It first gives up what it no longer has, so that another of the same transaction may take it; and
     * it is held against the others once all of them are written, as if they had changed at one moment. Where it is
     * refused, the transaction is taken back.
     */
    private final class Step {

        private final int place;
        private final String factory;
        private final RecordKey key;
        private final MetahubType type;
        private final boolean restores;
        private final @Nullable MetahubDetails before;
        private final @Nullable MetahubDetails after;
        private final @Nullable MetahubDetails contentsBefore;

        Step(int place, String factory, Changed change) {
            this.place = place;
            this.factory = factory;
            this.key = change.after().key();
            this.type = MetahubType.named(key.type());
            this.restores = change.command().restores() != null;
            this.before = living(change.before());
            this.after = living(change.after());
            this.contentsBefore = change.before() == null
                    ? null
                    : (MetahubDetails) change.before().details();
        }

        private static @Nullable MetahubDetails living(@Nullable RecordView<?> view) {
            return view == null || view.deleted() ? null : (MetahubDetails) view.details();
        }

        /** Whether anything changes that others rely on, or that relies on others. */
        boolean matters() {
            return before == null
                    || after == null
                    || !member(before).equals(member(after))
                    || !references(before).equals(references(after));
        }

        private Member member(MetahubDetails details) {
            Map<String, Object> content = type == ATTRIBUTE
                    ? AttributeDefinition.of(details).toJson()
                    : type == ELEMENT ? details.data() : null;
            String parent = type == ATTRIBUTE || type == ELEMENT ? catalog().id() : requireNonNull(key.namespace());
            return new Member(key, parent, details.textOrNull(MetahubType.CODENAME), content);
        }

        private RecordKey catalog() {
            MetahubDetails details = requireNonNull(after != null ? after : before);
            return other(CATALOG, details.text(MetahubType.CATALOG_ID));
        }

        private RecordKey other(MetahubType of, String localId) {
            return RecordKey.within(requireNonNull(key.namespace()), of.name(), localId);
        }

        /** The references that a record's own fields make, apart from an element's data and from where it lives. */
        private List<Reference> references(MetahubDetails details) {
            List<Reference> references = new ArrayList<>();
            details.texts(MetahubType.HUBS)
                    .forEach(hub -> references.add(new Reference(MetahubType.HUBS, other(HUB, hub))));
            String refCatalog = details.textOrNull(REF_CATALOG_ID);
            if (refCatalog != null) {
                references.add(new Reference(REF_CATALOG_ID, other(CATALOG, refCatalog)));
            }
            return references;
        }

        private List<Reference> newReferences() {
            List<Reference> references = after == null ? List.of() : references(after);
            if (before == null) {
                return references;
            }
            List<Reference> known = references(before);
            return references.stream().filter(each -> !known.contains(each)).toList();
        }

        List<Wanted> locks() {
            List<Wanted> wanted = new ArrayList<>();
            newReferences().forEach(reference -> {
                boolean catalog = reference.to().type().equals(CATALOG.name());
                // of a catalog whose elements become values nothing may be deleted meanwhile
                wanted.add(lock(catalog ? RANK_OF_CATALOGS : RANK_OF_HUBS, reference.to(), catalog));
            });
            if (type == ATTRIBUTE || type == ELEMENT) {
                wanted.add(lock(RANK_OF_CATALOGS, catalog(), type == ATTRIBUTE));
            }
            if (type == ATTRIBUTE && after != null && after.textOrNull(REF_CATALOG_ID) != null && !acceptsWhatItDid()) {
                // under its new codename it may find values that were another attribute's
                wanted.add(lock(RANK_OF_CATALOGS, other(CATALOG, after.text(REF_CATALOG_ID)), true));
            }
            if (after == null && (type == HUB || type == CATALOG)) {
                wanted.add(lock(type == HUB ? RANK_OF_HUBS : RANK_OF_CATALOGS, key, true));
            }
            if (after != null && hasNewCodename()) {
                Member member = member(after);
                wanted.add(new Wanted(
                        RANK_OF_CODENAMES,
                        AdvisoryLocks.number(List.of(
                                "metahub codename",
                                factory,
                                type.name(),
                                member.parent(),
                                requireNonNull(member.codename()))),
                        true));
            }
            return wanted;
        }

        /** Needs the locks of catalogs: the shape says which values are elements. */
        List<Wanted> locksOfElements() {
            if (type != ELEMENT) {
                return List.of();
            }
            if (after == null) {
                return List.of(lock(RANK_OF_ELEMENTS, key, true));
            }
            return values(after, shape()).stream()
                    .map(reference -> lock(RANK_OF_ELEMENTS, reference.to(), false))
                    .toList();
        }

        private Wanted lock(int rank, RecordKey record, boolean exclusive) {
            return new Wanted(
                    rank,
                    AdvisoryLocks.number(List.of("metahub record", factory, record.type(), record.id())),
                    exclusive);
        }

        private Shape shape() {
            return sets.shape(factory, catalog());
        }

        private boolean hasNewCodename() {
            String codename = requireNonNull(after).textOrNull(MetahubType.CODENAME);
            return codename != null && (before == null || !codename.equals(before.textOrNull(MetahubType.CODENAME)));
        }

        void giveUp() {
            if (before == null || (after != null && !hasNewCodename())) {
                return;
            }
            sets.remove(factory, key);
            if (type == ATTRIBUTE) {
                sets.referByValues(factory, catalog(), before.text(MetahubType.CODENAME), false);
            }
            if (after == null) {
                sets.refer(factory, key, List.of());
            }
        }

        void mustBeSound(Map<Codename, RecordKey> taken) {
            if (after == null) {
                return;
            }
            codenameMustBeFree(member(after), taken);
            if (before == null && (type == ATTRIBUTE || type == ELEMENT)) {
                mustExist(List.of(new Reference(MetahubType.CATALOG_ID, catalog())));
            }
            if (type == ELEMENT) {
                dataMustFit(shape());
            }
        }

        void write() {
            if (after == null) {
                return;
            }
            sets.put(factory, member(after));
            List<Reference> references = new ArrayList<>(references(after));
            if (type == ELEMENT) {
                references.addAll(values(after, shape()));
            }
            sets.refer(factory, key, references);
        }

        void mustGoWithTheOthers() {
            if (after == null) {
                mustNotBeReferredTo();
                return;
            }
            mustExist(newReferences());
            if (type == ELEMENT) {
                valuesMustExist(shape());
            }
            if (type == ATTRIBUTE) {
                elementsMustFit();
            }
        }

        private void mustNotBeReferredTo() {
            List<Referrer> referrers = sets.referrers(factory, key, Offending.NAMED + 1);
            if (referrers.isEmpty()) {
                return;
            }
            FieldErrors errors = new FieldErrors();
            referrers.stream()
                    .limit(Offending.NAMED)
                    .forEach(referrer -> errors.add(
                            referrer.from().type() + "s." + referrer.from().localId(),
                            "refers",
                            "refers to this " + type + " by " + referrer.via()));
            if (referrers.size() > Offending.NAMED) {
                errors.add(type.name(), "refers", "is referred to by others as well");
            }
            throw new RuleViolated("referenced", errors.all());
        }

        /** @param taken by others of the same transaction */
        private void codenameMustBeFree(Member member, Map<Codename, RecordKey> taken) {
            String codename = member.codename();
            if (codename == null || !hasNewCodename()) {
                return;
            }
            RecordKey holder = sets.holder(factory, type.name(), member.parent(), codename)
                    .orElseGet(() -> taken.putIfAbsent(new Codename(type.name(), member.parent(), codename), key));
            if (holder != null) {
                RecordView<?> view = log.current(type, holder)
                        .orElseThrow(() -> new IllegalStateException(holder + " is in no log"));
                throw new VersionConflict(Conflict.taken(view, MetahubType.CODENAME, codename));
            }
        }

        private void mustExist(List<Reference> references) {
            FieldErrors errors = new FieldErrors();
            for (Reference reference : references) {
                if (sets.parent(factory, reference.to()).isEmpty()) {
                    errors.add(
                            reference.via(),
                            "unknown",
                            "must name a %s of this metahub that is not deleted; there is no %s"
                                    .formatted(
                                            reference.to().type(),
                                            reference.to().localId()));
                }
            }
            if (!errors.isEmpty()) {
                throw new RuleViolated("unknown-reference", errors.all());
            }
        }

        private void dataMustFit(Shape shape) {
            FieldErrors errors = new FieldErrors();
            Map<String, Object> data = requireNonNull(after).data();
            Map<String, Object> known = new TreeMap<>(data);
            Map<String, Object> had = contentsBefore == null ? Map.of() : contentsBefore.data();
            known.entrySet()
                    .removeIf(value -> !shape.has(value.getKey())
                            // a value whose attribute was removed may stay, and come back with its version
                            && (restores || value.getValue().equals(had.get(value.getKey()))));
            shape.check(known, errors);
            if (!errors.isEmpty()) {
                throw new RuleViolated("invalid-data", errors.all());
            }
        }

        private void valuesMustExist(Shape shape) {
            FieldErrors errors = new FieldErrors();
            Map<String, Object> data = requireNonNull(after).data();
            shape.references().forEach(attribute -> {
                if (data.get(attribute.codename()) instanceof String id) {
                    RecordKey target = other(CATALOG, requireNonNull(attribute.refCatalogId()));
                    boolean there = sets.parent(factory, other(ELEMENT, id))
                            .filter(target.id()::equals)
                            .isPresent();
                    if (!there) {
                        errors.add(
                                attribute.field(),
                                "unknown",
                                "must name an element of the catalog " + attribute.refCatalogId()
                                        + " that is not deleted; there is no " + id);
                    }
                }
            });
            if (!errors.isEmpty()) {
                throw new RuleViolated("invalid-data", errors.all());
            }
        }

        /** The elements that an element's data refers to. */
        private List<Reference> values(MetahubDetails details, Shape shape) {
            Map<String, Object> data = details.data();
            List<Reference> references = new ArrayList<>();
            shape.references().forEach(attribute -> {
                if (data.get(attribute.codename()) instanceof String id) {
                    references.add(new Reference(attribute.field(), other(ELEMENT, id)));
                }
            });
            return references;
        }

        /** Whether every value that the attribute accepted before is accepted now. */
        private boolean acceptsWhatItDid() {
            return before != null
                    && AttributeDefinition.of(requireNonNull(after)).accepts(AttributeDefinition.of(before));
        }

        private void elementsMustFit() {
            AttributeDefinition wanted = AttributeDefinition.of(requireNonNull(after));
            AttributeDefinition had = before == null ? null : AttributeDefinition.of(before);
            if (acceptsWhatItDid()) {
                return;
            }
            if (had != null && !had.codename().equals(wanted.codename())) {
                refuseIfAny(
                        sets.elements(factory, catalog(), had.codename(), Objects::nonNull),
                        "codename",
                        "have a value under the codename " + had.codename());
            }
            Shape alone = new Shape(List.of(wanted));
            refuseIfAny(
                    sets.elements(factory, catalog(), wanted.codename(), value -> {
                        FieldErrors errors = new FieldErrors();
                        alone.check(value == null ? Map.of() : Map.of(wanted.codename(), value), errors);
                        return !errors.isEmpty();
                    }),
                    "elements",
                    "do not have the value that the attribute demands");
            boolean refers = wanted.kind() == AttributeKind.REF;
            if (refers) {
                refuseIfAny(
                        sets.dangling(
                                factory,
                                catalog(),
                                wanted.codename(),
                                other(CATALOG, requireNonNull(wanted.refCatalogId()))),
                        "elements",
                        "have a value that is no element of the catalog");
            }
            if (refers || (had != null && had.kind() == AttributeKind.REF)) {
                sets.referByValues(factory, catalog(), wanted.codename(), refers);
            }
        }

        private void refuseIfAny(Offending elements, String field, String message) {
            if (elements.count() == 0) {
                return;
            }
            List<FieldError> errors = new ArrayList<>();
            errors.add(new FieldError(field, "offends", elements.count() + " elements " + message));
            elements.first()
                    .forEach(
                            element -> errors.add(new FieldError("elements." + element.localId(), "offends", message)));
            throw new RuleViolated("narrows", errors, elements);
        }
    }
}
