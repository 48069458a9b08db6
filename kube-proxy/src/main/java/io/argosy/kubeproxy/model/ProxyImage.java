package io.argosy.kubeproxy.model;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All Service ports of one IP family with their endpoints, in order of their names. */
public record ProxyImage(IpFamily family, NavigableMap<ServicePortName, Entry> entries) {

    /** A Service port and every endpoint that its slices name, ready or not, in order. */
    public record Entry(ServicePort service, List<Endpoint> endpoints) {
        public Entry {
            endpoints = endpoints.stream().sorted().distinct().toList();
        }
    }

    public ProxyImage {
        entries = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(entries));
    }

    public static ProxyImage empty(IpFamily family) {
        return new ProxyImage(family, new TreeMap<>());
    }
}
