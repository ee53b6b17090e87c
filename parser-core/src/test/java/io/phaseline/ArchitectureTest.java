package io.phaseline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The storeys of docs/architecture.md: a room imports only those below. */
@AnalyzeClasses(packages = "io.phaseline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static ArchRule room(String room, String... below) {
        List<String> allowed = new ArrayList<>();
        allowed.add("java..");
        allowed.add("org.jspecify..");
        allowed.add("io.phaseline" + room);
        Arrays.stream(below).map(one -> "io.phaseline" + one).forEach(allowed::add);
        return classes()
                .that()
                .resideInAPackage("io.phaseline" + room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    @ArchTest
    static final ArchRule BYTES = room(".bytes");

    @ArchTest
    static final ArchRule STATE = room(".state");

    @ArchTest
    static final ArchRule EVENT = room(".event", ".bytes");

    @ArchTest
    static final ArchRule SSE = room(".sse", ".bytes", ".state");

    @ArchTest
    static final ArchRule PHASE = room(".phase", ".event");

    @ArchTest
    static final ArchRule TOOLINFO = room(".toolinfo", ".bytes", ".state", ".event", ".json");

    @ArchTest
    static final ArchRule DIALECT = room(".dialect", ".bytes", ".state", ".event", ".json");

    @ArchTest
    static final ArchRule TEMPLATE = room(".template", ".bytes", ".json");

    @ArchTest
    static final ArchRule DOOR =
            room("", ".bytes", ".state", ".event", ".sse", ".json", ".template", ".dialect", ".toolinfo", ".phase");

    @ArchTest
    static final ArchRule ADAPTER = room(".adapter", "", ".bytes", ".event");

    @ArchTest
    static final ArchRule JACKSON_IS_KNOWN_TO_ONE_CLASS = noClasses()
            .that()
            .haveNameNotMatching("io\\.phaseline\\.json\\.JacksonCursor(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule THE_CORE_IS_SILENT = noClasses().should().accessField(System.class, "out");
}
