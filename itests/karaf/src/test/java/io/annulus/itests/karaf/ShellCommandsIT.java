package io.annulus.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** The commands of the console, on a stock Karaf with a cluster of one. Nothing waits for the node: the commands do. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ShellCommandsIT {

    @Inject
    private SessionFactory sessions;

    @Configuration
    public static Option[] stockKaraf() {
        return StockKaraf.withAnnulus(2);
    }

    @Test
    public void whatIsPutIsGotAndDeleted() throws Exception {
        String written = run("kv:put greeting hello");
        assertTrue(written, written.startsWith("written as "));
        assertTrue(written, written.contains("1 of 1 needed, N 1, guarantee OVERLAP"));
        assertEquals("hello\n", run("kv:get greeting"));
        assertEquals("hello\n", run("kv:get -r quorum greeting"));

        run("kv:put --replace greeting \"good bye\"");
        assertEquals("good bye\n", run("kv:get -r atomic greeting"));

        String deleted = run("kv:delete greeting");
        assertTrue(deleted, deleted.startsWith("deleted as "));
        assertEquals("(deleted)\n", run("kv:get greeting"));
        assertEquals("(absent)\n", run("kv:get nobody"));
    }

    @Test
    public void whatIsTypedIsKeptToTheLetter() throws Exception {
        for (String value : List.of("007", "1e3", "true", "null", "0x10", "-1")) {
            run("kv:put --replace literal " + value);
            assertEquals(value + "\n", run("kv:get literal"));
        }
        run("kv:put --replace --hex 6b ff00");
        String json = run("kv:get --json k");
        assertTrue(json, json.contains("\"value\":\"/wA=\",\"encoding\":\"base64\""));
    }

    @Test
    public void siblingsAreShownAndReplaced() throws Exception {
        run("kv:put twice first");
        run("kv:put twice second");
        String siblings = run("kv:get twice");
        assertTrue(siblings, siblings.startsWith("2 siblings"));
        String context = siblings.strip().replaceAll("(?s).*context: ", "");

        run("kv:put --context " + context + " twice merged");
        assertEquals("merged\n", run("kv:get twice"));
    }

    @Test
    public void stateOfTheNodeIsShown() throws Exception {
        run("kv:put shown value");
        String status = run("kv:status --json");
        assertTrue(status, status.contains("\"serving\":true,\"standing\":\"OWNER\""));
        assertTrue(status, status.contains("\"membersUp\":1,\"membersHeardOf\":1,"));
        assertTrue(run("kv:status").startsWith("node     "));
        assertTrue(run("kv:ring").contains("100.0 %"));
        assertTrue(run("kv:ring --arcs --no-format").startsWith("0\t00000000000000000000000000000000\t"));
        assertTrue(run("kv:keyspaces --json").startsWith("[{\"name\":\"default\",\"mode\":\"causal\",\"copies\":3,"));
        assertTrue(run("kv:endpoints --json shown").contains("\"state\":\"value\""));
    }

    @Test
    public void errorsNameTheMend() {
        assertTrue(failure("kv:get -k orders key").contains("there are default"));
        assertTrue(failure("kv:put -w 2 key value").contains("nothing was changed"));
        assertTrue(failure("kv:put -w 9 key value").contains("above the N = 3"));
        assertTrue(failure("kv:get -r most key").contains("quorum"));
        assertTrue(failure("kv:put --ttl soon key value").contains("--ttl 'soon'"));
    }

    @Test
    public void viewersSeeTheRingAndNoData() throws Exception {
        assertTrue(run("kv:ring", "viewer").contains("100.0 %"));
        for (String command : List.of("kv:get key", "kv:put key value", "kv:delete key", "kv:endpoints key")) {
            Exception error = assertThrows(command, Exception.class, () -> run(command, "viewer"));
            assertTrue(error.getMessage(), error.getMessage().startsWith("Command not found"));
        }
    }

    private String failure(String command) {
        Exception error = assertThrows(Exception.class, () -> run(command));
        return error instanceof PrivilegedActionException ? error.getCause().getMessage() : error.getMessage();
    }

    private String run(String command) throws PrivilegedActionException {
        return run(command, "admin");
    }

    /** The output of a command that a user of the role runs. */
    private String run(String command, String role) throws PrivilegedActionException {
        Subject user = new Subject(true, Set.of(new RolePrincipal(role)), Set.of(), Set.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out);
        try {
            Subject.doAs(user, (PrivilegedExceptionAction<Object>) () -> session.execute(command));
        } finally {
            session.close();
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
