package io.tillwatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Held: a demo that was killed with no chance to tidy up. */
class LeftoversTest {

    @TempDir
    private Path temporary;

    @Test
    void removesTheDirectoryOfADemoThatIsDead() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path left = Leftovers.newDirectory(temporary);
        Files.writeString(left.resolve("owner.pid"), Long.toString(dead.pid()));
        Path own = Files.createDirectories(Leftovers.ownTemporary(left).resolve("minicluster_1/blobs"));
        Files.writeString(own.resolve("blob"), "x");

        Leftovers.remove(temporary);

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void leavesTheDirectoryOfADemoThatRunsAndWhatIsNoneOfItsOwn() throws IOException {
        Path running = Leftovers.newDirectory(temporary);
        Path other = Files.createDirectories(temporary.resolve("tillwatch-demo-of-somebody"));

        Leftovers.remove(temporary);

        assertThat(temporary).isDirectoryContaining(running::equals).isDirectoryContaining(other::equals);
    }
}
