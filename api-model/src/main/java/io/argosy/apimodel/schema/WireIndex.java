package io.argosy.apimodel.schema;

import java.util.Arrays;
import java.util.List;

/**
 * What of an object has a protobuf number. Members are sorted by number; each is a field of the object itself or one of
 * its inlined parts.
 */
public final class WireIndex {

    private final int[] numbers;
    private final int[] fields;
    private final int[] parts;
    private final int[] byNumber;

    private WireIndex(int[] numbers, int[] fields, int[] parts, int[] byNumber) {
        this.numbers = numbers;
        this.fields = fields;
        this.parts = parts;
        this.byNumber = byNumber;
    }

    static WireIndex of(List<Field> fields, List<Inline> inlines) {
        boolean[] ofPart = new boolean[fields.size()];
        for (Inline inline : inlines) {
            Arrays.fill(
                    ofPart,
                    inline.offset(),
                    inline.offset() + inline.part().fields().size(),
                    true);
        }
        // Number, then field index or minus one minus part index.
        long[] members = new long[fields.size() + inlines.size()];
        int count = 0;
        for (int i = 0; i < fields.size(); i++) {
            if (!ofPart[i] && fields.get(i).number() > 0) {
                members[count++] = (long) fields.get(i).number() << 32 | i;
            }
        }
        for (int i = 0; i < inlines.size(); i++) {
            members[count++] = (long) inlines.get(i).number() << 32 | (0x4000_0000L + i);
        }
        members = Arrays.copyOf(members, count);
        Arrays.sort(members);
        return build(members);
    }

    private static WireIndex build(long[] members) {
        int count = members.length;
        int[] numbers = new int[count];
        int[] fieldIndexes = new int[count];
        int[] partIndexes = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (int) (members[i] >>> 32);
            int index = (int) members[i];
            boolean part = index >= 0x4000_0000;
            fieldIndexes[i] = part ? -1 : index;
            partIndexes[i] = part ? index - 0x4000_0000 : -1;
        }
        int[] byNumber = new int[count == 0 ? 0 : Math.min(numbers[count - 1], 4096) + 1];
        Arrays.fill(byNumber, -1);
        for (int i = 0; i < count; i++) {
            if (numbers[i] < byNumber.length) {
                byNumber[numbers[i]] = i;
            }
        }
        return new WireIndex(numbers, fieldIndexes, partIndexes, byNumber);
    }

    public int size() {
        return numbers.length;
    }

    /** The protobuf number of a member. */
    public int number(int member) {
        return numbers[member];
    }

    /** The index of the field that a member is; -1 when it is a part. */
    public int field(int member) {
        return fields[member];
    }

    /** The index of the part that a member is; -1 when it is a field. */
    public int part(int member) {
        return parts[member];
    }

    /** The member of a number; -1 when there is none. */
    public int member(int number) {
        if (number >= 0 && number < byNumber.length) {
            return byNumber[number];
        }
        return Math.max(-1, Arrays.binarySearch(numbers, number));
    }
}
