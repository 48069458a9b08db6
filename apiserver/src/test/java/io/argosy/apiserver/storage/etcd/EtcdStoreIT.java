package io.argosy.apiserver.storage.etcd;

import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoreSuite;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EtcdStoreIT extends StoreSuite {

    private static EtcdProcess etcd;

    @BeforeAll
    static void startEtcd() {
        etcd = EtcdProcess.start();
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @Override
    protected Store open() {
        return new EtcdStore(
                etcd.config(), InstantSource.system(), Thread.ofVirtual().factory());
    }
}
