package io.argosy.apiserver.cel.library;

import java.util.Optional;

/** A range of addresses; the address may have bits beyond its length. */
record Network(Address address, int length) {

    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String length = text.substring(slash + 1);
        boolean number = !length.isEmpty()
                && length.length() <= 3
                && length.chars().allMatch(c -> c >= '0' && c <= '9')
                && (length.length() == 1 || length.charAt(0) != '0');
        if (!number) {
            return Optional.empty();
        }
        return Address.parse(text.substring(0, slash))
                .filter(address -> Integer.parseInt(length) <= address.bits())
                .map(address -> new Network(address, Integer.parseInt(length)));
    }

    boolean contains(Address other) {
        return other.bits() == address.bits() && other.masked(length).equals(address.masked(length));
    }

    boolean contains(Network other) {
        return other.length >= length && contains(other.address);
    }

    Network masked() {
        return new Network(address.masked(length), length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
