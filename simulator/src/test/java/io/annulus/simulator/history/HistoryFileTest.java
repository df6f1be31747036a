package io.annulus.simulator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.history.Answer.Ending;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryFileTest {

    private static final String EXAMPLE = """
            {"type":"meta","mode":"siblings","modes":{"reg-":"register"},"n":3,"r":2,"w":2,"sloppy":false,"guarantees":["ryw"]}
            {"type":"invoke","time":1000,"process":"c1.0","f":"put","key":"k","value":"v1","node":"n1"}
            {"type":"ok","time":901000,"process":"c1.0","f":"put","key":"k","ctx":"A1"}
            {"type":"nemesis","time":950000,"f":"isolate","value":"n3"}
            {"type":"invoke","time":1000000,"process":"c2.0","f":"get","key":"k","r":2}
            {"type":"ok","time":1400000,"process":"c2.0","f":"get","key":"k","values":["v1"],"ctx":"B7"}
            {"type":"invoke","time":1500000,"process":"c2.0","f":"put","key":"k","value":"v2","ctx":"B7"}
            {"type":"info","time":6500000,"process":"c2.0","f":"put","key":"k","error":"timeout"}
            {"type":"invoke","time":6600000,"process":"c2.1","f":"cas","key":"reg-x","expect":"w0","value":"w1"}
            {"type":"fail","time":6900000,"process":"c2.1","f":"cas","key":"reg-x","error":"mismatch"}
            {"type":"nemesis","time":7000000,"f":"heal"}
            {"type":"final","replica":"n1","key":"k","values":["v2"]}
            {"type":"final","replica":"n2","key":"k","values":["v2"]}
            {"type":"final","replica":"n3","key":"k","values":["v2"]}
            """;

    @Test
    void readsTheExampleOfTheFormat() {
        History history = HistoryReader.read(EXAMPLE);

        assertEquals(
                new Setting(
                        0,
                        Mode.SIBLINGS,
                        Map.of("reg-", Mode.REGISTER),
                        Set.of(Promise.READ_YOUR_WRITES),
                        Long.MAX_VALUE),
                history.setting());
        assertEquals(4, history.operations().size());
        Operation put = history.operations().get(2);
        assertEquals("B7", put.invocation().context());
        assertEquals(new Level(3, 2, false), put.invocation().level());
        assertEquals(Ending.INFO, put.answer().orElseThrow().ending());
        assertEquals(List.of("v1"), history.operations().get(1).values());
        assertEquals(Optional.of("w0"), history.operations().get(3).invocation().expect());
        assertEquals(
                List.of(new Incident(950_000, "isolate", "n3", false), new Incident(7_000_000, "heal", "", false)),
                history.incidents());
        assertEquals(
                new ReplicaState("n3", "k", List.of("v2"), OptionalLong.empty(), 0),
                history.finals().get(2));
    }

    @Test
    void whatIsReadEqualsWhatWasWritten() {
        for (int seed = 0; seed < 300; seed++) {
            History history = new RandomHistory(new Random(seed)).history();

            assertEquals(history, HistoryReader.read(HistoryWriter.write(history)), "seed " + seed);
        }
    }

    @Test
    void linesStandInTheOrderOfTimeAndAskBeforeTheyAnswer() {
        for (int seed = 0; seed < 50; seed++) {
            String[] lines = HistoryWriter.write(new RandomHistory(new Random(seed)).history())
                    .split("\n");
            long last = Long.MIN_VALUE;
            for (String line : lines) {
                OptionalLong time = HistoryLine.parse(line).numberIfAny(HistoryFields.TIME);
                assertTrue(time.orElse(last) >= last, line);
                last = time.orElse(last);
            }
            assertTrue(lines[0].startsWith("{\"type\":\"meta\""), lines[0]);
        }
    }

    @Test
    void atOneMomentIsAskedBeforeItIsAnswered() {
        List<String> types = Arrays.stream(
                        HistoryWriter.write(HistoryReader.read("""
                                {"type":"invoke","time":1,"process":"a","f":"get","key":"k"}
                                {"type":"ok","time":5,"process":"a","values":[]}
                                {"type":"invoke","time":5,"process":"b","f":"get","key":"k"}
                                {"type":"ok","time":6,"process":"b","values":[]}
                                {"type":"invoke","time":6,"process":"b","f":"get","key":"k"}
                                """)).split("\n"))
                .map(line -> line.replaceAll(".*\"type\":\"(\\w+)\".*\"process\":\"(\\w+)\".*", "$1 $2"))
                .skip(1)
                .toList();

        assertEquals(List.of("invoke a", "invoke b", "ok a", "ok b", "invoke b"), types);
    }

    @Test
    void firstPrefixThatFitsCountsAndAKeysOwnModeAboveAll() {
        Setting setting = HistoryReader.read("""
                        {"type":"meta","mode":"lww","modes":{"a":"register","ab":"siblings"}}
                        {"type":"invoke","time":1,"process":"p","f":"get","key":"abc"}
                        {"type":"fail","time":2,"process":"p"}
                        {"type":"invoke","time":3,"process":"p","f":"get","key":"x","mode":"siblings"}
                        {"type":"fail","time":4,"process":"p"}
                        {"type":"invoke","time":5,"process":"p","f":"get","key":"x1"}
                        {"type":"fail","time":6,"process":"p"}
                        {"type":"invoke","time":7,"process":"p","f":"count","key":"c"}
                        {"type":"fail","time":8,"process":"p"}
                        """).setting();

        assertEquals(Mode.REGISTER, setting.modeOf("abc"));
        assertEquals(Mode.SIBLINGS, setting.modeOf("x"));
        assertEquals(Mode.LWW, setting.modeOf("x1"));
        assertEquals(Mode.COUNTER, setting.modeOf("c"));
    }

    @Test
    void valuesThatAreNoStringsStandAsTheirText() {
        Operation put = HistoryReader.read("""
                        {"type":"invoke","time":1,"process":"p","f":"put","key":"k","value":[1, "a"],"ctx":{"x": 1}}
                        """).operations().get(0);

        assertEquals(Optional.of("[1,\"a\"]"), put.value());
        assertEquals("{\"x\":1}", put.invocation().context());
    }

    @Test
    void levelsThatAreNoNumbersClaimNothing() {
        History history = HistoryReader.read("""
                {"type":"invoke","time":1,"process":"p","f":"get","key":"k","n":3,"r":"quorum"}
                {"type":"ok","time":2,"process":"p","values":[]}
                {"type":"invoke","time":3,"process":"p","f":"put","key":"k","value":"v","n":3,"w":3}
                """);

        assertTrue(history.operations().get(0).invocation().level().sloppy());
    }

    @Test
    void unusableLinesAreRefusedWithTheirNumber() {
        String start = "{\"type\":\"invoke\",\"time\":10,\"process\":\"p\",\"f\":\"get\",\"key\":\"k\"}\n";
        assertRefused("no JSON", "oops");
        assertRefused("no JSON object", "[1]");
        assertRefused("no type", "{}");
        assertRefused("unknown type 'x'", "{\"type\":\"x\"}");
        assertRefused("is open", start.strip());
        assertRefused("is before that", "{\"type\":\"ok\",\"time\":9,\"process\":\"p\",\"values\":[]}");
        assertRefused("nothing open", "{\"type\":\"ok\",\"time\":19,\"process\":\"q\",\"values\":[]}");
        assertRefused("no values", "{\"type\":\"ok\",\"time\":19,\"process\":\"p\"}");
        assertRefused("a null in it", "{\"type\":\"ok\",\"time\":19,\"process\":\"p\",\"values\":[null]}");
        assertRefused("key is j", "{\"type\":\"ok\",\"time\":19,\"process\":\"p\",\"key\":\"j\",\"values\":[]}");
        assertRefused("time is no integer", "{\"type\":\"ok\",\"time\":19.5,\"process\":\"p\",\"values\":[]}");
        assertRefused(
                "put has no value", "{\"type\":\"invoke\",\"time\":19,\"process\":\"q\",\"f\":\"put\",\"key\":\"k\"}");
        assertRefused(
                "unknown f 'pot'", "{\"type\":\"invoke\",\"time\":19,\"process\":\"q\",\"f\":\"pot\",\"key\":\"k\"}");
        assertRefused("unknown mode 'm'", "{\"type\":\"meta\",\"mode\":\"m\"}");
        assertRefused("unknown guarantee 'g'", "{\"type\":\"meta\",\"guarantees\":[\"g\"]}");
    }

    @Test
    void processIsDeadAfterAnUnknownEnd() {
        String message = assertThrows(IllegalArgumentException.class, () -> HistoryReader.read("""
                        {"type":"invoke","time":1,"process":"c1.0","f":"get","key":"k"}
                        {"type":"info","time":2,"process":"c1.0"}
                        {"type":"invoke","time":3,"process":"c1.0","f":"get","key":"k"}
                        """))
                .getMessage();

        assertTrue(message.startsWith("line 3: process c1.0 asks after its info"), message);
    }

    @Test
    void levelThatIsNullIsThatOfTheMeta() {
        History history = HistoryReader.read("""
                {"type":"meta","n":3,"r":2,"w":2,"sloppy":false}
                {"type":"invoke","time":1,"process":"p","f":"get","key":"k","r":null,"sloppy":null}
                """);

        assertEquals(
                new Level(3, 2, false), history.operations().get(0).invocation().level());
    }

    private static void assertRefused(String why, String line) {
        String start = "\n{\"type\":\"invoke\",\"time\":10,\"process\":\"p\",\"f\":\"get\",\"key\":\"k\"}\n";
        String message = assertThrows(IllegalArgumentException.class, () -> HistoryReader.read(start + line))
                .getMessage();

        assertTrue(message.startsWith("line 3: ") && message.contains(why) && message.endsWith(line), message);
    }

    @Test
    void twoFinalsOfOneReplicaAndKeyAreRefused() {
        String line = "{\"type\":\"final\",\"replica\":\"n1\",\"key\":\"k\",\"values\":[]}\n";

        assertThrows(IllegalArgumentException.class, () -> HistoryReader.read(line + line));
    }

    @Test
    void processThatGoesOnAfterAnUnknownEndIsNotWritten() {
        HistoryRecorder recorder = new HistoryRecorder();
        Invocation get = HistoryReader.read(EXAMPLE).operations().get(1).invocation();
        Answer unknown = new Answer(
                get.nanos(),
                Ending.INFO,
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                "",
                Optional.empty(),
                "timeout");
        recorder.end(recorder.invoke(get), unknown);
        recorder.invoke(get);

        assertThrows(
                IllegalArgumentException.class, () -> HistoryWriter.write(recorder.history(Setting.of(Mode.SIBLINGS))));
    }

    @Test
    void whatIsEarlierIsNeitherTakenDownNorWritten() {
        HistoryRecorder recorder = new HistoryRecorder();
        recorder.incident(new Incident(2, "later", "", false));
        assertThrows(IllegalStateException.class, () -> recorder.incident(new Incident(1, "earlier", "", false)));

        Setting setting = Setting.of(Mode.SIBLINGS);
        List<Incident> turned = List.of(new Incident(2, "later", "", false), new Incident(1, "earlier", "", false));
        assertThrows(
                IllegalArgumentException.class,
                () -> HistoryWriter.write(new History(setting, List.of(), turned, List.of())));
    }

    @Test
    void processWithTwoOpenOperationsIsNotWritten() {
        HistoryRecorder recorder = new HistoryRecorder();
        Invocation get = HistoryReader.read(EXAMPLE).operations().get(1).invocation();
        recorder.invoke(get);
        recorder.invoke(get);

        assertThrows(
                IllegalArgumentException.class, () -> HistoryWriter.write(recorder.history(Setting.of(Mode.SIBLINGS))));
    }
}
