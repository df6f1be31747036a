package io.annulus.shell.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Annulus;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class ServiceNodeTest {

    private final Annulus annulus = proxy(Annulus.class, method -> null);
    private final ServiceReference<?> reference = proxy(ServiceReference.class, method -> null);
    private int looks;
    private int held;
    private int thereAfterLooks;

    private final BundleContext context = proxy(BundleContext.class, method -> switch (method) {
        case "getServiceReference" -> ++looks > thereAfterLooks ? reference : null;
        case "getService" -> {
            held++;
            yield annulus;
        }
        case "ungetService" -> {
            held--;
            yield true;
        }
        default -> throw new UnsupportedOperationException(method);
    });

    @Test
    void nodeThatIsThereIsFoundAndGivenBack() throws Exception {
        try (ServiceNode node = new ServiceNode(context)) {
            assertSame(annulus, node.annulus());
            assertSame(annulus, node.annulus());
            assertEquals(1, held);
        }
        assertEquals(0, held);
    }

    @Test
    void nodeThatIsNotThereIsNoErrorToLookFor() {
        thereAfterLooks = 1;
        try (ServiceNode node = new ServiceNode(context)) {
            assertEquals(Optional.empty(), node.find());
            assertEquals(Optional.of(annulus), node.find());
        }
    }

    @Test
    void nodeThatIsStartingIsWaitedFor() throws Exception {
        thereAfterLooks = 2;
        try (ServiceNode node = new ServiceNode(context)) {
            assertSame(annulus, node.annulus());
        }
        assertEquals(3, looks);
    }

    @Test
    void interruptEndsTheWait() {
        thereAfterLooks = Integer.MAX_VALUE;
        Thread.currentThread().interrupt();
        try (ServiceNode node = new ServiceNode(context)) {
            assertThrows(InterruptedException.class, node::annulus);
        }
        assertTrue(looks < 3);
    }

    private interface Answer {
        Object to(String method);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName())));
    }
}
