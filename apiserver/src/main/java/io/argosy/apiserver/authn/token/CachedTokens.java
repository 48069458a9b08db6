package io.argosy.apiserver.authn.token;

import io.argosy.apiserver.authn.Authentication;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers good tokens for a short time, by their digest; bad ones are asked for again each time. A revoked token is
 * refused after at most the time to live.
 */
public final class CachedTokens implements TokenAuthenticator {

    /** 4,096 entries of about 1 KiB. */
    private static final int MAXIMUM = 4096;

    private record Kept(Authentication answer, Instant until) {}

    private final TokenAuthenticator source;
    private final Duration timeToLive;
    private final InstantSource clock;
    private final Map<String, Kept> entries = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MAXIMUM;
        }
    };

    public CachedTokens(TokenAuthenticator source, Duration timeToLive, InstantSource clock) {
        this.source = source;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(String token, List<String> audiences) {
        String key = digest(token, audiences);
        Instant now = clock.instant();
        synchronized (entries) {
            Kept entry = entries.get(key);
            if (entry != null && now.isBefore(entry.until())) {
                return entry.answer();
            }
        }
        Authentication answer = source.authenticate(token, audiences);
        if (answer instanceof Authentication.Authenticated) {
            synchronized (entries) {
                entries.put(key, new Kept(answer, now.plus(timeToLive)));
            }
        }
        return answer;
    }

    private static String digest(String token, List<String> audiences) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(token.getBytes(StandardCharsets.UTF_8));
            for (String audience : audiences) {
                sha.update((byte) 0);
                sha.update(audience.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
