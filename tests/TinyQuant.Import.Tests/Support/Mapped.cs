using TinyQuant.Import.Mapping;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Import.Values;
using TinyQuant.Model;

namespace TinyQuant.Import.Tests.Support;

/// <summary>What the mappings make of the operators of a file, whether it is valid or not.</summary>
internal static class Mapped
{
    private static readonly TfliteMapping s_mapping = new((_, _) => new Graph());

    /// <summary>
    /// The last operator of a file, after those before it were folded where they could be: as a line of a model file.
    /// </summary>
    public static string Last(byte[] file)
    {
        (SourceModel model, IntegerValues integers) = Read(file);
        foreach (SourceOperator op in model.Operators[..^1])
        {
            TryFold(op, model, integers);
        }

        MappedOperator mapped = s_mapping.Map(ContextOf(model.Operators[^1], model, integers));
        Operator made = mapped.Make([.. mapped.Inputs.Select(Tensor)], [.. mapped.Outputs.Select(Tensor)], out _)!;
        IEnumerable<string> words =
        [
            made.Kind, .. made.Inputs.Select(t => t.Name), "->", .. made.Outputs.Select(t => t.Name),
            .. made.Attributes.Select(a => $"{a.Key}={a.Value}"),
        ];
        return string.Join(' ', words);

        Tensor Tensor(int index) => ToTensor(model.Tensors[index]);
    }

    /// <summary>Why the last operator of a file is refused.</summary>
    public static string Refusal(byte[] file) => Assert.Throws<UnsupportedException>(() => Last(file)).Message;

    /// <summary>The value of the output of the last operator, folded; null where it is not.</summary>
    public static long[]? Folded(byte[] file)
    {
        (SourceModel model, IntegerValues integers) = Read(file);
        bool folded = false;
        foreach (SourceOperator op in model.Operators)
        {
            folded = TryFold(op, model, integers);
        }

        return folded ? [.. integers.Find(model.Operators[^1].Outputs[0])!.Values] : null;
    }

    private static Tensor ToTensor(SourceTensor tensor) =>
        new(tensor.Name, tensor.Type.ToModel()!.Value, tensor.Shape, new Quantization(0.5f, 0));

    private static (SourceModel Model, IntegerValues Integers) Read(byte[] file)
    {
        var budget = new Budget(file.Length);
        SourceModel model = TfliteReader.Read(file, budget).Subgraph(0);
        return (model, new IntegerValues(model, budget));
    }

    private static bool TryFold(SourceOperator op, SourceModel model, IntegerValues integers) =>
        IntegerFolding.TryFold(ContextOf(op, model, integers), s_mapping, integers);

    private static OperatorContext ContextOf(SourceOperator op, SourceModel model, IntegerValues integers) =>
        s_mapping.ContextOf(op, model, integers);
}
