using System.Runtime.InteropServices;
using TinyQuant.Import.Tests.Support;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Evaluation.Tests.Fuzz;

/// <summary>TensorFlow Lite files that ask for much, whole and damaged.</summary>
internal static class HostileFlatFiles
{
    private static readonly Func<Random, byte[]>[] s_kinds = [Chain, Shared, Fans, Folds, Resized];

    private static readonly byte[][] s_small = [
        Models.Int8([0.1f, 0.2f, 0.3f]), Models.Float32(), Models.Hybrid(true), Models.Mixed(), Models.Blocks()];

    /// <summary>The next one: three of four small and damaged, of the others every second one.</summary>
    public static byte[] Of(Random random)
    {
        if (random.Next(4) > 0)
        {
            return Mutation.Of(s_small[random.Next(s_small.Length)], random);
        }

        byte[] file = s_kinds[random.Next(s_kinds.Length)](random);
        return random.Next(2) == 0 ? file : Mutation.Of(file, random);
    }

    private static byte[] Chain(Random random)
    {
        BuiltinOperator[] kinds = [BuiltinOperator.RELU, BuiltinOperator.ABS, BuiltinOperator.ELU, BuiltinOperator.TANH,
            BuiltinOperator.RELU6];
        var model = new FlatModel();
        string name = new('n', HostileTexts.Magnitude(random, 4_200));
        int length = HostileTexts.Magnitude(random, Math.Min(5_000, 900_000 / (150 + name.Length)));
        int first = model.Tensor(name, TfliteType.Float32, [1, 3]);
        int last = first;
        for (int i = 0; i < length; i++)
        {
            int next = model.Tensor(name, TfliteType.Float32, [1, 3]);
            model.Operator(kinds[random.Next(kinds.Length)], [last], [next]);
            last = next;
        }

        return model.Build([first], [last]);
    }

    private static byte[] Shared(Random random)
    {
        var model = new FlatModel();
        int depth = HostileTexts.Magnitude(random, 2_000), units = HostileTexts.Magnitude(random, 600_000 / depth),
            operators = HostileTexts.Magnitude(random, 1_500);
        int x = model.Int8("x", 1, depth);
        int weights = model.Tensor("w", TfliteType.Int8, [units, depth], [0.5f], [0], data: new byte[units * depth]);
        int y = 0;
        for (int i = 0; i < operators; i++)
        {
            // A tensor of its own, over the same buffer as all others: the first one behind the empty buffer.
            int again = random.Next(2) == 0
                ? weights
                : model.Tensor("w", TfliteType.Int8, [units, depth], [0.5f], [0], buffer: 1);
            y = model.Tensor("y", TfliteType.Int8, [1, units], [1 + i], [3]);
            model.Operator(BuiltinOperator.FULLY_CONNECTED, [x, again], [y], 8);
        }

        return model.Build([x], [y]);
    }

    private static byte[] Fans(Random random)
    {
        var model = new FlatModel();
        int operands = HostileTexts.Magnitude(random, 1_100),
            operators = HostileTexts.Magnitude(random, 200_000 / (operands + 30));
        int x = model.Int8("x", 1, 1);
        List<int> outputs = [];
        for (int i = 0; i < operators; i++)
        {
            outputs.Add(model.Int8("y", 1, operands));
            model.Operator(
                BuiltinOperator.CONCATENATION, [.. Enumerable.Repeat(x, operands)], [outputs[^1]], 10, options: (0, 1));
        }

        return model.Build([x], random.Next(2) == 0 ? [outputs[^1]] : [.. outputs.Take(1_024)]);
    }

    private static byte[] Folds(Random random)
    {
        var model = new FlatModel();
        int size = HostileTexts.Magnitude(random, 64);
        int column = model.Ints("column", [size, 1], [.. Enumerable.Repeat(2, size)]);
        int row = model.Ints("row", [1, size], [.. Enumerable.Repeat(int.MaxValue, size)]);
        int last = column;
        for (int i = HostileTexts.Magnitude(random, 4_000); i > 0; i--)
        {
            int next = model.Tensor("folded", TfliteType.Int32, [size, size]);
            model.Operator(BuiltinOperator.MUL, [last, row], [next], 21);
            last = next;
        }

        int x = model.Tensor("x", TfliteType.Float32, [size * size]);
        int y = model.Tensor("y", TfliteType.Float32, [size, size]);
        model.Operator(BuiltinOperator.RESHAPE, [x, last], [y]);
        return model.Build([x], [y]);
    }

    private static byte[] Resized(Random random)
    {
        var model = new FlatModel();
        int height = HostileTexts.Magnitude(random, int.MaxValue - 1),
            width = HostileTexts.Magnitude(random, int.MaxValue - 1);
        int x = model.Int8("x", 1, 1, 1, 1);
        int y = model.Int8("y", 1, random.Next(2) == 0 ? 1 : height, width, 1);
        int size = model.Ints("size", [2], MemoryMarshal.ToEnumerable<int>(new[] { 1, width }).ToArray());
        model.Operator(random.Next(2) == 0 ? BuiltinOperator.RESIZE_NEAREST_NEIGHBOR : BuiltinOperator.RESIZE_BILINEAR,
            [x, size], [y]);
        return model.Build([x], [y]);
    }
}
