package io.annulus.itests.karaf;

import static org.ops4j.pax.exam.CoreOptions.maven;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureSecurity;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.karaf.options.LogLevelOption;
import org.ops4j.pax.exam.options.extra.VMOption;

/**
 * A stock Karaf, unpacked anew for each test class, into which the feature {@code annulus} is installed. Pax Exam builds a java
 * command line of its own, so the flags of bin/karaf are repeated here; not one of them is ours.
 */
final class StockKaraf {

    private static final long BOOT_MILLIS = 180_000;

    private StockKaraf() {}

    static Option[] withAnnulus(int portOffset) {
        String karaf = System.getProperty("karaf.version");
        List<Option> options = new ArrayList<>(List.of(
                karafDistributionConfiguration()
                        .frameworkUrl(maven().groupId("org.apache.karaf")
                                .artifactId("apache-karaf")
                                .version(karaf)
                                .type("tar.gz"))
                        .karafVersion(karaf)
                        .name("Karaf")
                        .unpackDirectory(new File("target/exam").getAbsoluteFile())
                        .useDeployFolder(false),
                configureSecurity().disableKarafMBeanServerBuilder(),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                logLevel(LogLevelOption.LogLevel.INFO),
                systemTimeout(BOOT_MILLIS)));
        options.addAll(noRemoteRepository());
        options.addAll(ports(portOffset));
        options.add(features(
                maven().groupId("io.annulus")
                        .artifactId("annulus-features")
                        .version(System.getProperty("annulus.version"))
                        .classifier("features")
                        .type("xml"),
                "annulus"));
        for (String flag : flagsOfKaraf(karaf)) {
            options.add(new VMOption(flag));
        }
        return options.toArray(new Option[0]);
    }

    private static List<Option> noRemoteRepository() {
        String file = "etc/org.ops4j.pax.url.mvn.cfg";
        return List.of(
                editConfigurationFilePut(file, "org.ops4j.pax.url.mvn.repositories", ""),
                editConfigurationFilePut(
                        file,
                        "org.ops4j.pax.url.mvn.localRepository",
                        System.getProperty("org.ops4j.pax.url.mvn.localRepository")));
    }

    private static List<Option> ports(int offset) {
        String management = "etc/org.apache.karaf.management.cfg";
        return List.of(
                editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", Integer.toString(8131 + offset)),
                editConfigurationFilePut(management, "rmiRegistryPort", Integer.toString(1131 + offset)),
                editConfigurationFilePut(management, "rmiServerPort", Integer.toString(44431 + offset)),
                editConfigurationFilePut("etc/annulus.node.cfg", "port", Integer.toString(7831 + offset)));
    }

    private static List<String> flagsOfKaraf(String version) {
        List<String> flags = new ArrayList<>(List.of(
                "--add-reads=java.xml=java.logging",
                "--patch-module",
                "java.base=lib/endorsed/org.apache.karaf.specs.locator-" + version + ".jar",
                "--patch-module",
                "java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + version + ".jar",
                "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED"));
        for (String opened : List.of(
                "java.base/java.security",
                "java.base/java.net",
                "java.base/java.lang",
                "java.base/java.util",
                "java.naming/javax.naming.spi",
                "java.rmi/sun.rmi.transport.tcp")) {
            flags.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED"));
        }
        for (String exported : List.of(
                "java.base/sun.net.www.protocol.file",
                "java.base/sun.net.www.protocol.ftp",
                "java.base/sun.net.www.protocol.http",
                "java.base/sun.net.www.protocol.https",
                "java.base/sun.net.www.protocol.jar",
                "java.base/sun.net.www.content.text",
                "jdk.xml.dom/org.w3c.dom.html",
                "jdk.naming.rmi/com.sun.jndi.url.rmi",
                "java.rmi/sun.rmi.registry",
                "java.security.sasl/com.sun.security.sasl",
                "java.naming/com.sun.jndi.ldap")) {
            flags.add("--add-exports=" + exported + "=ALL-UNNAMED");
        }
        flags.addAll(List.of("-classpath", "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*"));
        return flags;
    }
}
