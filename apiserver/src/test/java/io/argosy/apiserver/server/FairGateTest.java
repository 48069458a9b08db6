package io.argosy.apiserver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairGateTest {

    @ParameterizedTest
    @CsvSource({"0,'',1", "100,'',1", "101,'',2", "99999,'',10", "99999,500,5", "3,500,1", "99999,x,10", "99999,0,10"})
    void aListTakesSeatsByWhatItReads(long stored, String limit, int seats) {
        assertEquals(seats, FairGate.ofList(stored, limit));
    }
}
