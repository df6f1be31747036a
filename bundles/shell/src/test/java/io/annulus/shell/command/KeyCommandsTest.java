package io.annulus.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Context;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.shell.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyCommandsTest {

    private static final String RECEIPT_JSON = "{\"guarantee\":\"OVERLAP\",\"ringEpoch\":7,\"copies\":2,\"required\":1,"
            + "\"received\":1,\"replicas\":[{\"node\":\"n1\",\"role\":\"OWNER\",\"outcome\":\"ACKNOWLEDGED\","
            + "\"durability\":\"SYNCED\"}]}";

    @Test
    void getPrintsTheValueAlone() throws Exception {
        assertEquals("hello\n", run(get("greeting"), FakeKeyspace.holding("hello")));
    }

    @Test
    void getPrintsContextAndReceiptWhenAsked() throws Exception {
        GetCommand get = get("greeting");
        get.showContext = true;
        get.showReceipt = true;
        assertEquals("""
                hello
                context: AQID
                receipt: 1 of 1 needed, N 2, guarantee OVERLAP, ring epoch 7: n1 acknowledged
                """, run(get, FakeKeyspace.holding("hello")));
    }

    @Test
    void getListsSiblingsWithTheirContext() throws Exception {
        String printed = run(get("greeting"), FakeKeyspace.holding("hello", "hallo"));

        assertTrue(printed.startsWith("2 siblings"), printed);
        assertTrue(printed.contains("1 | hello | a:1 | 1970-01-01T00:00:01Z"), printed);
        assertTrue(printed.contains("2 | hallo | a:2 |"), printed);
        assertTrue(printed.endsWith("context: AQID\n"), printed);
    }

    @Test
    void getSaysAbsentAndDeleted() throws Exception {
        FakeKeyspace deleted = new FakeKeyspace(
                KeyspaceMode.CAUSAL, new ReadResult.Tombstone(FakeKeyspace.SEEN, FakeKeyspace.RECEIPT));

        assertEquals("(absent)\n", run(get("greeting"), FakeKeyspace.holding()));
        assertEquals("(deleted)\n", run(get("greeting"), deleted));
    }

    @Test
    void getPrintsJson() throws Exception {
        GetCommand get = get("greeting");
        get.json = true;
        assertEquals(
                "{\"keyspace\":\"default\",\"key\":\"greeting\",\"state\":\"found\",\"siblings\":[{\"value\":\"hello\","
                        + "\"dot\":\"a:1\",\"writtenMillis\":1000}],\"context\":\"AQID\",\"receipt\":" + RECEIPT_JSON
                        + "}\n",
                run(get, FakeKeyspace.holding("hello")));
        assertTrue(run(get, FakeKeyspace.holding()).contains("\"state\":\"absent\",\"siblings\":[]"));
    }

    @Test
    void getPassesLevelAndDeadlineOn() throws Exception {
        FakeKeyspace keyspace = FakeKeyspace.holding("hello");
        GetCommand get = get("greeting");
        get.replicas = "2";
        get.timeout = "2s";
        run(get, keyspace);
        run(get("greeting"), keyspace);

        assertEquals(List.of("get greeting COUNT 2 2000", "get greeting KEYSPACE 0 5000"), keyspace.asked);
    }

    @Test
    void hexKeysAndValuesAreReadAndShown() throws Exception {
        FakeKeyspace keyspace = FakeKeyspace.holding("hello");
        GetCommand get = get("6b");
        get.hex = true;

        assertEquals("68656c6c6f\n", run(get, keyspace));
        assertEquals(List.of("get k KEYSPACE 0 5000"), keyspace.asked);
    }

    @Test
    void putPassesItsOptionsOn() throws Exception {
        FakeKeyspace keyspace = FakeKeyspace.holding();
        PutCommand put = put("greeting", "hello");
        put.acks = "2";
        put.context = "AQID";
        put.ttl = "30s";
        put.sloppy = "false";
        put.timeout = "1s";
        run(put, keyspace);

        assertEquals(List.of("put greeting=hello"), keyspace.asked);
        assertEquals(new WriteOptions(2, FakeKeyspace.SEEN, Optional.of(false), 1000, 30_000), keyspace.lastWrite);
    }

    @Test
    void putSaysWhatItRestsOnAndWarnsOfSiblings() throws Exception {
        FakeKeyspace keyspace = FakeKeyspace.holding();
        keyspace.siblingsAfterWrite = 2;
        String printed = run(put("greeting", "hello"), keyspace);

        assertTrue(
                printed.startsWith(
                        "written as a:9, 1 of 1 needed, N 2, guarantee OVERLAP, ring epoch 7: n1 acknowledged\n"),
                printed);
        assertTrue(printed.contains("2 siblings now"), printed);
    }

    @Test
    void putPrintsJson() throws Exception {
        PutCommand put = put("greeting", "hello");
        put.json = true;
        assertEquals(
                "{\"keyspace\":\"default\",\"key\":\"greeting\",\"dot\":\"a:9\",\"siblings\":1,\"context\":\"BA\","
                        + "\"receipt\":" + RECEIPT_JSON + "}\n",
                run(put, FakeKeyspace.holding()));
    }

    @Test
    void putThatReplacesReadsFirst() throws Exception {
        FakeKeyspace keyspace = FakeKeyspace.holding("hello", "hallo");
        PutCommand put = put("greeting", "hi");
        put.replace = true;
        run(put, keyspace);

        assertEquals(List.of("get greeting QUORUM 0 5000", "put greeting=hi"), keyspace.asked);
        assertEquals(FakeKeyspace.SEEN, keyspace.lastWrite.context());
    }

    @Test
    void replaceAndContextContradict() {
        PutCommand put = put("greeting", "hi");
        put.replace = true;
        put.context = "AQID";
        assertThrows(IllegalArgumentException.class, () -> run(put, FakeKeyspace.holding("hello")));
    }

    @Test
    void deleteInACausalKeyspaceReadsFirst() throws Exception {
        FakeKeyspace keyspace = FakeKeyspace.holding("hello");
        String printed = run(delete("greeting"), keyspace);

        assertEquals(List.of("get greeting QUORUM 0 5000", "delete greeting"), keyspace.asked);
        assertEquals(FakeKeyspace.SEEN, keyspace.lastWrite.context());
        assertTrue(printed.startsWith("deleted as a:9"), printed);
    }

    @Test
    void deleteOfAnAbsentKeyWritesNothing() throws Exception {
        FakeKeyspace keyspace = FakeKeyspace.holding();

        assertEquals("(absent) nothing to delete\n", run(delete("greeting"), keyspace));
        assertEquals(List.of("get greeting QUORUM 0 5000"), keyspace.asked);
    }

    @Test
    void deleteWithAContextOrInLastWriteWinsReadsNothing() throws Exception {
        FakeKeyspace causal = FakeKeyspace.holding("hello");
        DeleteCommand delete = delete("greeting");
        delete.context = "AQID";
        run(delete, causal);
        FakeKeyspace lastWriteWins = new FakeKeyspace(
                KeyspaceMode.LAST_WRITE_WINS, new ReadResult.Absent(Context.NONE, FakeKeyspace.RECEIPT));
        run(delete("greeting"), lastWriteWins);

        assertEquals(List.of("delete greeting"), causal.asked);
        assertEquals(FakeKeyspace.SEEN, causal.lastWrite.context());
        assertEquals(List.of("delete greeting"), lastWriteWins.asked);
    }

    @Test
    void unknownKeyspaceNamesThoseThatExist() {
        GetCommand get = get("greeting");
        get.keyspaceName = "orders";
        Exception error = assertThrows(CommandException.class, () -> run(get, FakeKeyspace.holding("hello")));

        assertTrue(
                error.getMessage().startsWith("there is no keyspace 'orders': there are default;"), error.getMessage());
    }

    @Test
    void wrongOptionsAreNamed() {
        PutCommand put = put("greeting", "hello");
        put.sloppy = "maybe";
        Exception error = assertThrows(IllegalArgumentException.class, () -> run(put, FakeKeyspace.holding()));
        assertTrue(error.getMessage().contains("'maybe'"), error.getMessage());

        PutCommand garbled = put("greeting", "hello");
        garbled.context = "no base64!";
        assertThrows(IllegalArgumentException.class, () -> run(garbled, FakeKeyspace.holding()));
    }

    @Test
    void endpointsShowWhatEachHolds() throws Exception {
        EndpointsCommand endpoints = new EndpointsCommand();
        endpoints.typedKey = "greeting";
        String table = run(endpoints, FakeKeyspace.holding());
        endpoints.json = true;
        String json = run(endpoints, FakeKeyspace.holding());

        assertTrue(table.contains("n1   | 127.0.0.1:7800 | rack1 | owner | value  | ff     | v (a:1)"), table);
        assertTrue(table.contains("n2   | 127.0.0.2:7800 | rack2 | owner | silent | 0"), table);
        assertTrue(json.contains("\"state\":\"value\",\"digest\":\"ff\",\"siblings\":[{\"value\":\"v\""), json);
    }

    private static GetCommand get(String key) {
        GetCommand command = new GetCommand();
        command.typedKey = key;
        return command;
    }

    private static PutCommand put(String key, String value) {
        PutCommand command = new PutCommand();
        command.typedKey = key;
        command.typedValue = value;
        return command;
    }

    private static DeleteCommand delete(String key) {
        DeleteCommand command = new DeleteCommand();
        command.typedKey = key;
        return command;
    }

    private static String run(KeyAction command, FakeKeyspace keyspace) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        command.run(new FakeNode(keyspace).node(), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
