package dev.wormhole.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms of the house, and the one door of each library. */
@AnalyzeClasses(packages = "dev.wormhole", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String PROTOCOL = "dev.wormhole.protocol..";
    private static final String TERMINAL = "dev.wormhole.terminal..";
    private static final String CLIENT = "dev.wormhole.client..";
    private static final String SERVER = "dev.wormhole.server..";
    private static final String APP = "dev.wormhole.app..";

    @ArchTest
    static final ArchRule protocolImportsNothingOfOurs =
            noClasses()
                    .that()
                    .resideInAPackage(PROTOCOL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(TERMINAL, CLIENT, SERVER, APP);

    @ArchTest
    static final ArchRule terminalImportsNothingOfOurs =
            noClasses()
                    .that()
                    .resideInAPackage(TERMINAL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(PROTOCOL, CLIENT, SERVER, APP);

    @ArchTest
    static final ArchRule clientImportsProtocolAndTerminalAlone =
            noClasses()
                    .that()
                    .resideInAPackage(CLIENT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SERVER, APP, "javafx..");

    @ArchTest
    static final ArchRule onlyTheServersMainKnowsTheClient =
            noClasses()
                    .that()
                    .resideInAPackage(SERVER)
                    .and()
                    .doNotHaveFullyQualifiedName("dev.wormhole.server.Main")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CLIENT, APP, "javafx..");

    @ArchTest
    static final ArchRule onlyTheProgramsMainKnowsTheServer =
            noClasses()
                    .that()
                    .resideInAPackage(APP)
                    .and()
                    .doNotHaveFullyQualifiedName("dev.wormhole.app.Main")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(SERVER);

    @ArchTest
    static final ArchRule protocolAndTerminalArePure =
            noClasses()
                    .that()
                    .resideInAnyPackage(PROTOCOL, TERMINAL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.nio.file..",
                            "java.net..",
                            "java.util.concurrent..",
                            "java.sql..",
                            "org.slf4j..");

    @ArchTest
    static final ArchRule sessionsKnowNeitherConnectionsNorSql =
            noClasses()
                    .that()
                    .resideInAPackage("dev.wormhole.server.session..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.wormhole.server.connection..",
                            "dev.wormhole.server.checkpoint..",
                            "java.sql..",
                            "org.java_websocket..");

    @ArchTest
    static final ArchRule theLayoutModelKnowsNoJavaFx =
            noClasses()
                    .that()
                    .resideInAPackage("dev.wormhole.app.layout..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "javafx..",
                            "dev.wormhole.app.view..",
                            "dev.wormhole.app.workspace..",
                            "dev.wormhole.app.terminal..",
                            "dev.wormhole.client..");

    @ArchTest
    static final ArchRule onlyTheFxThreadHopsOntoIt =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.wormhole.app.fx.FxThread")
                    .should()
                    .callMethod(javafx.application.Platform.class, "runLater", Runnable.class);

    @ArchTest
    static final ArchRule roomsOfTheServerHaveNoCycles =
            slices().matching("dev.wormhole.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule roomsOfTheClientHaveNoCycles =
            slices().matching("dev.wormhole.client.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule roomsOfTheWindowHaveNoCycles =
            slices().matching("dev.wormhole.app.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pty4jHasOneDoor = door("com.pty4j..", "dev.wormhole.server.pty..");

    @ArchTest
    static final ArchRule httpHasOneDoor =
            door("com.sun.net.httpserver..", "dev.wormhole.server.http..");

    @ArchTest
    static final ArchRule sqlHasOneDoor = door("java.sql..", "dev.wormhole.server.checkpoint..");

    @ArchTest
    static final ArchRule gsonHasOneDoor =
            door("com.google.gson..", "dev.wormhole.protocol.json..");

    @ArchTest
    static final ArchRule picocliHasOneDoor = door("picocli..", "dev.wormhole.client.cli..");

    @ArchTest
    static final ArchRule logbackHasOneDoor = door("ch.qos.logback..", "dev.wormhole.client.log..");

    @ArchTest
    static final ArchRule jediTermFxHasOneDoor =
            door("com.techsenger.jeditermfx..", "dev.wormhole.app.terminal..");

    @ArchTest
    static final ArchRule theWebSocketLibraryHasOneDoorAtEachEnd =
            classes()
                    .that()
                    .resideInAPackage("dev.wormhole..")
                    .and()
                    .resideOutsideOfPackages(
                            "dev.wormhole.server.connection..", "dev.wormhole.client.link..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideOutsideOfPackage("org.java_websocket..");

    private static ArchRule door(String library, String room) {
        return noClasses()
                .that()
                .resideInAPackage("dev.wormhole..")
                .and()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
