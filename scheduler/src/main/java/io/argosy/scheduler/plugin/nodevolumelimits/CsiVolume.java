package io.argosy.scheduler.plugin.nodevolumelimits;

/**
 * A volume that a node attaches once, however many pods use it.
 *
 * @param handle by which the driver knows it; of a claim without a volume a name that is the claim's alone
 */
record CsiVolume(String driver, String handle) {}
