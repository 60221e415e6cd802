package dev.unlost.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.unlost.versioning.command.RecordAggregate;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundariesTest {

    private static final String COMMAND_SIDE = "dev.unlost..command..";
    private static final String QUERY_SIDE = "dev.unlost..query..";
    private static final String[] EDGE = {"dev.unlost..http..", "dev.unlost.security.."};
    private static final String[] CONTEXTS = {"customer", "metahub", "people"};

    // without the scheme, which is written with one slash here and with three there
    private static final String TESTS = URI.create(root(BoundariesTest.class)).getPath();
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> !location.contains(TESTS))
            .importPackages("dev.unlost");
    private static final JavaClasses BAD = new ClassFileImporter().importPackages("dev.unlost.app.architecture.bad");

    record Boundary(String name, ArchRule rule, String badExample) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Boundary> boundaries() {
        return Stream.of(
                new Boundary(
                        "the command side does not know the query side",
                        noDependency(QUERY_SIDE, COMMAND_SIDE),
                        "ReadingCommandSide"),
                new Boundary(
                        "the query side does not know the command side",
                        noDependency(COMMAND_SIDE, QUERY_SIDE),
                        "WritingQuerySide"),
                new Boundary(
                        "the edge knows neither side",
                        noClasses()
                                .that()
                                .resideInAnyPackage(EDGE)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(COMMAND_SIDE, QUERY_SIDE),
                        "ShortCut"),
                new Boundary(
                        "there is no SQL at the edge",
                        noClasses()
                                .that()
                                .resideInAnyPackage(EDGE)
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                                "java.sql..",
                                                "javax.sql..",
                                                "jakarta.persistence..",
                                                "org.hibernate..",
                                                "org.postgresql..",
                                                "org.springframework.data..",
                                                "org.springframework.jdbc..",
                                                "org.springframework.transaction..")
                                        // it can be the reason of a 503
                                        .and(not(assignableTo(SQLException.class)))),
                        "SqlController"),
                new Boundary(
                        "there is no HTTP behind the edge",
                        noClasses()
                                .that()
                                .resideInAnyPackage(COMMAND_SIDE, QUERY_SIDE)
                                .or(messages())
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "jakarta.servlet..",
                                        "java.net.http..",
                                        "org.apache.catalina..",
                                        "org.springframework.http..",
                                        "org.springframework.security..",
                                        "org.springframework.web.."),
                        "AnsweringCommandSide"),
                new Boundary(
                        "the client knows the service by HTTP only",
                        noClasses()
                                .that()
                                .resideInAPackage("dev.unlost..client..")
                                .should()
                                .dependOnClassesThat(resideInAPackage("dev.unlost..")
                                        .and(not(resideInAPackage("dev.unlost..client..")))),
                        "KnowingClient"),
                new Boundary("contexts do not know each other", contexts(), "MessageOfPeople"),
                new Boundary("aggregates decide by what they are given", pure(aggregates()), "TimedAggregate"),
                new Boundary("messages are what they are given", pure(messages()), "RandomMessage"),
                new Boundary("nothing is injected into fields", NO_CLASSES_SHOULD_USE_FIELD_INJECTION, "InjectedField"),
                new Boundary("nothing goes past the log", NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING, "OtherLogging"),
                new Boundary("nothing is printed", NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS, "Printing"));
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void isKept(Boundary boundary) {
        boundary.rule().check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void isSeenToBeBroken(Boundary boundary) {
        assertThat(boundary.rule().evaluate(BAD).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains(boundary.badExample()));
    }

    @Test
    void noPackageIsInTwoModules() {
        classes().should(shareTheirPackageOnlyWithTheirModule()).check(MAIN);
    }

    @Test
    void aPackageInTwoModulesIsSeen() {
        JavaClasses withTests =
                new ClassFileImporter().importPackages("dev.unlost.app.support", "dev.unlost.app.config");
        assertThat(classes()
                        .should(shareTheirPackageOnlyWithTheirModule())
                        .evaluate(withTests)
                        .getFailureReport()
                        .getDetails())
                .as("tests are in the packages of what they test, and in another place")
                .allMatch(detail -> detail.contains("dev.unlost.app.config"))
                .isNotEmpty();
    }

    @Test
    void allOfTheServiceIsLookedAt() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName))
                .contains(
                        "dev.unlost.client",
                        "dev.unlost.customer",
                        "dev.unlost.customer.http",
                        "dev.unlost.customer.query",
                        "dev.unlost.metahub",
                        "dev.unlost.metahub.command",
                        "dev.unlost.metahub.http",
                        "dev.unlost.metahub.query",
                        "dev.unlost.table",
                        "dev.unlost.table.http",
                        "dev.unlost.table.query",
                        "dev.unlost.versioning",
                        "dev.unlost.versioning.command",
                        "dev.unlost.versioning.query",
                        "dev.unlost.http",
                        "dev.unlost.security",
                        "dev.unlost.app.config");
        assertThat(MAIN.stream().filter(aggregates()))
                .as("aggregates besides what they have in common")
                .hasSizeGreaterThan(1);
        assertThat(MAIN.stream().filter(messages())).hasSizeGreaterThan(10);
    }

    private static ArchRule noDependency(String on, String of) {
        return noClasses()
                .that()
                .resideInAPackage(of)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(on);
    }

    private static ArchRule contexts() {
        return classes().should(new ArchCondition<>("keep to their context") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String context = context(item);
                item.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> {
                            String other = context(dependency.getTargetClass());
                            return !context.isEmpty() && !other.isEmpty() && !context.equals(other);
                        })
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
            }
        });
    }

    /** @return empty for what contexts share, and for what is not the service's own */
    private static String context(JavaClass type) {
        if (type.getPackageName().startsWith("dev.unlost.")) {
            for (String context : CONTEXTS) {
                if (Set.of(type.getPackageName().split("\\.")).contains(context)) {
                    return context;
                }
            }
        }
        return "";
    }

    private static DescribedPredicate<JavaClass> aggregates() {
        return assignableTo(RecordAggregate.class).as("aggregates");
    }

    private static DescribedPredicate<JavaClass> messages() {
        return resideInAnyPackage(
                        "dev.unlost.versioning",
                        "dev.unlost.table",
                        "dev.unlost..customer",
                        "dev.unlost..metahub",
                        "dev.unlost..people")
                .as("messages");
    }

    private static ArchRule pure(DescribedPredicate<JavaClass> of) {
        return noClasses().that(of).should().accessTargetWhere(timeOrChance());
    }

    private static DescribedPredicate<JavaAccess<?>> timeOrChance() {
        return DescribedPredicate.describe("gives the time, or something by chance", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getName();
            boolean withoutClock = !access.getDescription().contains("(" + Clock.class.getName() + ")");
            return (owner.getPackageName().equals("java.time") && name.equals("now") && withoutClock)
                    || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
                    || (owner.isEquivalentTo(System.class)
                            && Set.of("currentTimeMillis", "nanoTime").contains(name))
                    || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
                    || (owner.isEquivalentTo(Math.class) && name.equals("random"))
                    || owner.isAssignableTo(RandomGenerator.class)
                    || Stream.of(Random.class, SecureRandom.class, ThreadLocalRandom.class)
                            .anyMatch(owner::isEquivalentTo);
        });
    }

    private static ArchCondition<JavaClass> shareTheirPackageOnlyWithTheirModule() {
        Map<String, String> modules = new HashMap<>();
        return new ArchCondition<>("share their package only with their module") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String module = root(item);
                String first = modules.putIfAbsent(item.getPackageName(), module);
                if (first != null && !first.equals(module)) {
                    events.add(SimpleConditionEvent.violated(
                            item, item.getName() + " is in " + module + ", others of its package are in " + first));
                }
            }
        };
    }

    /** @return where the class files, or the jar, of the class's module are */
    private static String root(Class<?> type) {
        return root(new ClassFileImporter().importClass(type));
    }

    private static String root(JavaClass type) {
        String uri = type.getSource().orElseThrow().getUri().toString();
        return uri.substring(0, uri.length() - (type.getName().replace('.', '/') + ".class").length());
    }
}
