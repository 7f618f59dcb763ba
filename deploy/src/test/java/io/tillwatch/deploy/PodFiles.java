package io.tillwatch.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files that a container finds where its volumes are mounted, laid out below a directory of this machine. */
final class PodFiles {

    private final Path root;
    private final PodSpec pod;
    private final Container container;
    private final Secrets secrets;

    /** @param configMaps files by their names by the map's name; a path within them is made to point below the root */
    PodFiles(Path root, PodSpec pod, Secrets secrets, Map<String, Map<String, String>> configMaps) throws IOException {
        this.root = root;
        this.pod = pod;
        this.container = pod.getContainers().get(0);
        this.secrets = secrets;
        for (VolumeMount mount : container.getVolumeMounts()) {
            Path directory =
                    Files.createDirectories(root.resolve(mount.getMountPath().substring(1)));
            for (Map.Entry<String, byte[]> file :
                    files(volume(mount.getName()), configMaps).entrySet()) {
                Files.write(directory.resolve(file.getKey()), file.getValue());
            }
        }
    }

    /** A text in which what is mounted is where it is here. */
    String here(String text) {
        // The longest first, and all in one pass: what was replaced may begin with what is mounted, too.
        String mounted = container.getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![A-Za-z0-9./-])(?:", ")(?![A-Za-z0-9-])"));
        return text.replaceAll(mounted, Matcher.quoteReplacement(root.toString()) + "$0");
    }

    /** The container's own variables. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(
                    variable.getName(),
                    variable.getValue() != null
                            ? variable.getValue()
                            : new String(secretOf(variable), StandardCharsets.UTF_8));
        }
        return environment;
    }

    private byte[] secretOf(EnvVar variable) {
        String name = variable.getValueFrom().getSecretKeyRef().getName();
        byte[] value =
                secrets.of(name).get(variable.getValueFrom().getSecretKeyRef().getKey());
        if (value == null) {
            throw new AssertionError(variable.getName() + ": the secret " + name + " has no such key");
        }
        return value;
    }

    private Volume volume(String name) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no volume " + name));
    }

    private Map<String, byte[]> files(Volume volume, Map<String, Map<String, String>> configMaps) {
        Map<String, byte[]> files = new HashMap<>();
        if (volume.getConfigMap() != null) {
            configMaps
                    .get(volume.getConfigMap().getName())
                    .forEach((name, text) -> files.put(name, here(text).getBytes(StandardCharsets.UTF_8)));
        } else if (volume.getSecret() != null) {
            Map<String, byte[]> all = secrets.of(volume.getSecret().getSecretName());
            List<KeyToPath> items = volume.getSecret().getItems();
            if (items.isEmpty()) {
                files.putAll(all);
            }
            for (KeyToPath item : items) {
                byte[] value = all.get(item.getKey());
                if (value == null) {
                    throw new AssertionError(
                            volume.getSecret().getSecretName() + " has no " + item.getKey() + ", only " + all.keySet());
                }
                files.put(item.getPath(), value);
            }
        }
        return files;
    }
}
