package io.annulus.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterClientTest {

    @Test
    void valueOfTheGreatestNumberIsShown() {
        assertEquals(List.of("w0-10"), RegisterClient.shown(List.of("w0-9", "w0-10", "w0-2")));
        assertEquals(List.of(), RegisterClient.shown(List.of()));
    }

    @Test
    void whatTheWriterNeverWroteIsNotHidden() {
        assertEquals(List.of("damaged:00"), RegisterClient.shown(List.of("w0-9", "damaged:00")));
    }
}
