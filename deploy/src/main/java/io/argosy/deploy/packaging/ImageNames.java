package io.argosy.deploy.packaging;

/** The images that the distribution brings along. */
public final class ImageNames {

    public static final String PAUSE = "argosy.io/pause:1.36.0";
    public static final String DNS = "argosy.io/cluster-dns:1.36.0";

    private ImageNames() {}
}
