package io.tillwatch.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stages of deploy/docker/Dockerfile. */
final class Images {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One stage.
     *
     * @param from the image or stage that it begins with
     * @param copies what is copied, from the root of the checkout to a path in the image
     * @param users in the order in which they are said
     * @param entryPoint empty if it is that of what it begins with
     */
    record Stage(
            String name,
            String from,
            Map<String, String> copies,
            List<String> users,
            List<String> entryPoint,
            String text) {}

    private Images() {}

    static Map<String, Stage> stages() {
        Map<String, Stage> stages = new LinkedHashMap<>();
        for (String part : text().split("(?m)^(?=FROM )")) {
            if (part.startsWith("FROM ")) {
                Stage stage = stage(part);
                stages.put(stage.name(), stage);
            }
        }
        return stages;
    }

    /** Without comments, each instruction on a line. */
    private static String text() {
        return Checkout.text(Checkout.DEPLOY.resolve("docker/Dockerfile"))
                .replaceAll("(?m)^#.*\\n", "")
                .replaceAll("\\\\\\n\\s*", " ");
    }

    private static Stage stage(String text) {
        String[] first = text.lines().findFirst().orElseThrow().split(" ");
        Map<String, String> copies = new LinkedHashMap<>();
        List<String> users = new ArrayList<>();
        List<String> entryPoint = new ArrayList<>();
        text.lines().forEach(line -> {
            String[] words = line.split("\\s+");
            switch (words[0]) {
                case "COPY" -> copies.put(words[1], words[2]);
                case "USER" -> users.add(words[1]);
                case "ENTRYPOINT" -> entryPoint.addAll(list(line.substring("ENTRYPOINT".length())));
                default -> {
                    // Of no interest here.
                }
            }
        });
        return new Stage(first[3], first[1], copies, users, entryPoint, text);
    }

    private static List<String> list(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError("no list: " + json, e);
        }
    }
}
