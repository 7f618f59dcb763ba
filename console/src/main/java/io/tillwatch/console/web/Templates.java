package io.tillwatch.console.web;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.tillwatch.console.text.Messages;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes pages. Whatever a template prints is escaped unless {@link PageWords} made it; a name that a template misspells fails. */
final class Templates {

    private final PebbleEngine engine;

    Templates(Messages messages) {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix("templates/");
        loader.setSuffix(".html");
        loader.setCharset("UTF-8");
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
                .extension(new PageWords(messages))
                .autoEscaping(true)
                .strictVariables(true)
                .build();
    }

    String write(String template, Map<String, Object> model, Viewer viewer) {
        StringWriter out = new StringWriter();
        try {
            engine.getTemplate(template).evaluate(out, model, viewer.language().locale());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString();
    }
}
