package io.argosy.apiserver.server;

import io.argosy.apiserver.storage.etcd.EtcdConfig;
import io.argosy.apiserver.storage.etcd.EtcdStore;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonProgram;
import io.argosy.daemon.lifecycle.RunningDaemon;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/** kube-apiserver: its flags, and how it starts. */
public final class ApiServerProgram implements DaemonProgram {

    private final FlagSet flags = new FlagSet(
            "kube-apiserver",
            "The API server serves and checks the objects of the cluster, and is the only one that talks to etcd.");
    private final ServerFlags own = new ServerFlags(flags);

    @Override
    public FlagSet flags() {
        return flags;
    }

    @Override
    public RunningDaemon start(ParsedFlags parsed, DaemonContext context)
            throws ConfigurationException, IOException, GeneralSecurityException {
        Problems problems = new Problems();
        ServerConfig config = own.read(parsed, problems);
        problems.throwIfAny();
        ThreadFactory threads = Thread.ofVirtual().name("etcd-", 0).factory();
        ServerConfig.Etcd etcd = config.etcd();
        EtcdStore store = new EtcdStore(
                new EtcdConfig(
                        etcd.servers().stream().map(URI::create).toList(),
                        etcd.ca(),
                        etcd.certificate(),
                        etcd.key(),
                        EtcdConfig.CALL_TIMEOUT),
                InstantSource.system(),
                threads);
        if (!etcd.compaction().isZero()) {
            threads.newThread(store.compactor(etcd.compaction())).start();
        }
        return ApiServer.start(config, store, context);
    }
}
