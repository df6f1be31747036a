package io.annulus.testkit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on testing shows the example as it is. */
class TestingPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern QUOTE = Pattern.compile("<!-- file: (\\S+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void quotesAreTheFilesThemselves() throws IOException {
        Matcher quote = QUOTE.matcher(Files.readString(ROOT.resolve("docs/TESTING.md")));
        List<String> quoted = new ArrayList<>();
        while (quote.find()) {
            Path file = ROOT.resolve(quote.group(1));
            quoted.add(file.getFileName().toString());
            assertEquals(Files.readString(file), quote.group(2), () -> "copy " + file + " into docs/TESTING.md");
        }
        assertEquals(List.of("ShoppingCart.java", "ShoppingCartTest.java"), quoted);
    }
}
