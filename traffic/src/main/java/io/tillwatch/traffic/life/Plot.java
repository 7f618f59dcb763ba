package io.tillwatch.traffic.life;

/** Writes what happens in a scene. */
interface Plot {
    void write(SceneWriter scene);
}
