package io.annulus.itests.karaf;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.storage.Compression;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.ops4j.pax.exam.util.Filter;

/** A bundle that is given the keyspace by its name, on a stock Karaf. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class KeyspaceIT {

    @Inject
    @Filter("(kv.keyspace=default)")
    private Keyspace keyspace;

    @Inject
    @Filter("(kv.keyspace=packed)")
    private Keyspace packed;

    @Inject
    private Annulus annulus;

    @Configuration
    public static Option[] stockKaraf() {
        String file = "etc/annulus.keyspace-packed.cfg";
        return OptionUtils.combine(
                StockKaraf.withAnnulus(0),
                editConfigurationFilePut(file, "name", "packed"),
                editConfigurationFilePut(file, "compression", "zstd"));
    }

    @Test
    public void whatIsPutIsGot() throws Exception {
        byte[] key = bytes("greeting");
        WriteResult written = await(keyspace.put(key, bytes("hello")));
        assertEquals(1, written.receipt().copies());
        ReadResult.Found found = (ReadResult.Found) await(keyspace.get(key));
        assertArrayEquals(bytes("hello"), found.single());

        await(keyspace.put(key, bytes("goodbye"), WriteOptions.replacing(found.context())));
        assertArrayEquals(bytes("goodbye"), await(keyspace.get(key)).value().orElseThrow());

        await(keyspace.delete(
                key, WriteOptions.replacing(await(keyspace.get(key)).context())));
        assertTrue(await(keyspace.get(key)) instanceof ReadResult.Tombstone);
    }

    @Test
    public void largestValueIsKept() throws Exception {
        byte[] value = new byte[keyspace.settings().maxValueBytes()];
        value[value.length - 1] = 42;
        await(keyspace.put(bytes("large"), value));
        assertArrayEquals(value, await(keyspace.get(bytes("large"))).value().orElseThrow());
    }

    /** What is nested in the bundle for it works in the framework. */
    @Test
    public void aKeyspaceOfAnotherCompressionIsKept() throws Exception {
        assertEquals(Compression.ZSTD, packed.settings().storage().compression());
        byte[] value = bytes("words, words, words; ".repeat(10_000));
        await(packed.put(bytes("large"), value));
        assertArrayEquals(value, await(packed.get(bytes("large"))).value().orElseThrow());
    }

    @Test
    public void dataLiesBesideTheInstallationAndNotInTheBundleCache() {
        assertTrue(annulus.status().serving());
        assertTrue(new File(System.getProperty("karaf.base"), "annulus/log").isDirectory());
        assertFalse(new File(System.getProperty("karaf.data"), "annulus").exists());
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
