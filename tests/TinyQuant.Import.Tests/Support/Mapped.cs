using TinyQuant.Import.FlatBuffers;
using TinyQuant.Import.Folding;
using TinyQuant.Import.Operators;
using TinyQuant.Import.Schema;

namespace TinyQuant.Import.Tests.Support;

/// <summary>What the mappings make of the operators of a file, before any of them is created.</summary>
internal static class Mapped
{
    /// <summary>The last operator of a file, after those before it were folded where they could be: as a line of a model file.</summary>
    public static string Last(byte[] file)
    {
        var budget = new Budget(file.Length);
        TfliteModel model = TfliteReader.Read(file, budget);
        var integers = new IntegerValues(model, budget);
        foreach (TfliteOperator op in model.Operators[..^1])
        {
            IntegerFolding.TryFold(new OperatorSource(op, model, integers), integers);
        }
        MappedOperator mapped = OperatorMappings.Map(new OperatorSource(model.Operators[^1], model, integers));
        IEnumerable<string> words =
        [
            mapped.Kind, .. mapped.Inputs.Select(Name), "->", .. mapped.Outputs.Select(Name), .. mapped.Attributes.Select(a => $"{a.Key}={a.Value}"),
        ];
        return string.Join(' ', words);

        string Name(int tensor) => model.Tensors[tensor].Name;
    }

    /// <summary>Why the last operator of a file is refused.</summary>
    public static string Refusal(byte[] file) => Assert.Throws<UnsupportedException>(() => Last(file)).Message;

    /// <summary>The value of the output of the last operator, folded; null where it is not.</summary>
    public static long[]? Folded(byte[] file)
    {
        var budget = new Budget(file.Length);
        TfliteModel model = TfliteReader.Read(file, budget);
        var integers = new IntegerValues(model, budget);
        bool folded = false;
        foreach (TfliteOperator op in model.Operators)
        {
            folded = IntegerFolding.TryFold(new OperatorSource(op, model, integers), integers);
        }
        return folded ? [.. integers.Find(model.Operators[^1].Outputs[0])!.Values] : null;
    }
}
