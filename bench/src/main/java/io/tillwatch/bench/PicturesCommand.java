package io.tillwatch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.bench.picture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws what the other commands have measured. */
@Command(
        name = "pictures",
        mixinStandardHelpOptions = true,
        description = {
            "Draws what bench run, bench growth and bench latency have printed with --json: contenders.svg, growth.svg and"
                    + " latency.svg. What each file holds is seen from its content.",
            ""
        })
public final class PicturesCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What a command has printed with --json.")
    private List<Path> files;

    @Option(names = "--out", defaultValue = ".", paramLabel = "DIR", description = "Where to; ${DEFAULT-VALUE}.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        List<String> problems = new ArrayList<>();
        Files.createDirectories(out);
        ObjectMapper json = new ObjectMapper();
        for (Path file : files) {
            try {
                draw(json.readTree(file.toFile()), file, problems);
            } catch (IOException e) {
                problems.add(file + " cannot be read: " + e.getMessage());
            }
        }
        problems.forEach(System.err::println);
        return problems.isEmpty() ? 0 : 2;
    }

    private void draw(JsonNode measured, Path file, List<String> problems) throws IOException {
        if (measured.has("contenders")) {
            write("contenders.svg", Pictures.run(measured));
        } else if (measured.has("growth")) {
            write("growth.svg", Pictures.growth(measured));
        } else if (measured.has("latency")) {
            write("latency.svg", Pictures.latency(measured));
        } else {
            problems.add(file + " is not what bench run, bench growth or bench latency print with --json");
        }
    }

    private void write(String name, String svg) throws IOException {
        Files.writeString(out.resolve(name), svg);
        System.err.println("written: " + out.resolve(name));
    }
}
