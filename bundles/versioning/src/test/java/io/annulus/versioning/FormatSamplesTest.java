package io.annulus.versioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Records of format 1 as they were first released: they must stay readable, and be written the same, for ever. */
class FormatSamplesTest {

    private final RecordVersioning versioning = new RecordVersioning();

    private static Properties samples() throws IOException {
        Properties samples = new Properties();
        try (InputStream in = FormatSamplesTest.class.getResourceAsStream("format-1.properties")) {
            samples.load(in);
        }
        return samples;
    }

    private static Stamp stamp(long origin, long sequence, long expiry) {
        return new Stamp(new Dot(origin, sequence), 0x018f_0000_0000_0007L, expiry);
    }

    private static Optional<byte[]> value(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void samplesAreWrittenAsTheyWere() throws IOException {
        byte[] owner = versioning.update(Optional.empty(), new byte[0], stamp(0x0a, 3, 0), value("one"));
        byte[] delta = versioning.delta(new byte[0], stamp(0xf000000000000001L, 9, 1234), value("two"));
        byte[] siblings = versioning.join(owner, delta);
        byte[] context = versioning.view(siblings).context();
        List<String> written = new ArrayList<>();
        written.add("siblings=" + HexFormat.of().formatHex(siblings));
        written.add("tombstone="
                + HexFormat.of()
                        .formatHex(versioning.update(
                                Optional.of(siblings), context, stamp(0x0a, 8, 0), Optional.empty())));
        written.add("context=" + HexFormat.of().formatHex(context));
        written.add("register=" + HexFormat.of().formatHex(versioning.register(stamp(0x0a, 3, 77), value("lww"))));
        written.add("digest=" + Long.toHexString(versioning.digest(siblings)));

        Properties samples = samples();
        List<String> expected = List.of("siblings", "tombstone", "context", "register", "digest").stream()
                .map(name -> name + "=" + samples.getProperty(name))
                .toList();
        assertEquals(String.join("\n", expected), String.join("\n", written));
    }

    @Test
    void samplesAreRead() throws IOException {
        RecordView view = versioning.view(HexFormat.of().parseHex(samples().getProperty("siblings")));

        assertEquals(2, view.siblings().size());
        assertEquals("one", new String(view.siblings().get(0).value(), StandardCharsets.UTF_8));
        assertEquals(new Dot(0xf000000000000001L, 9), view.siblings().get(1).dot());
        assertEquals(1234, view.siblings().get(1).expiryMillis());
    }
}
