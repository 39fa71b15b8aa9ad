using TinyQuant.Import.Onnx;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Import.Tests.Onnx.Support;
using TinyQuant.Tests;

namespace TinyQuant.Import.Tests.Onnx;

/// <summary>Public models: what they compute is known in every type and shape.</summary>
public sealed class CorpusTests
{
    /// <summary>Models of later stages that have what the front half refuses, and what it says.</summary>
    private static readonly Dictionary<string, string> s_refused = new(StringComparer.Ordinal)
    {
        // Not ONNX: a Gemm of three dimensions, which ONNX Runtime refuses as well.
        ["deeploy_cct_op12"] = "input 0 is float32 [1,64,128]; expected 2 dimensions",
    };

    [GoldenFact]
    public void Every_model_has_types_and_shapes_of_all_values_or_is_refused_for_what_is_listed()
    {
        Assert.Equal(39, OnnxCorpus.Models.Count);
        var failures = new List<string>();
        foreach (CorpusModel model in OnnxCorpus.Models)
        {
            var errors = new ErrorCollection();
            Network? network = OnnxFront.Read(model.File, model.Options, new Budget(model.File.Length), errors);
            string said = string.Join("; ", errors.ToImmutable());
            if (network is null)
            {
                if (model.Stage <= 2 || !s_refused.TryGetValue(model.Name, out string? words)
                    || !said.EndsWith(words, StringComparison.Ordinal))
                {
                    failures.Add($"{model.Name} of stage {model.Stage}: {said}");
                }

                continue;
            }

            failures.AddRange(Unknown(network).Select(v => $"{model.Name}: {v}"));
            failures.AddRange(OtherEnds(model, network));
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static IEnumerable<Value> Unknown(Network network) => network.Nodes.SelectMany(n => n.Outputs)
        .Concat(network.Inputs).OfType<Value>().Where(v => v.Shape.IsDefault || v.Type == OnnxType.Undefined);

    /// <summary>Inputs and outputs that ONNX Runtime has otherwise.</summary>
    private static IEnumerable<string> OtherEnds(CorpusModel model, Network network)
    {
        if (model.Ends.Count == 0)
        {
            return [];
        }

        // Text is left out, and a map is its values.
        var ends = model.Ends.Where(e => e.Type != "String")
            .Select(e => e.Type == "ONNX_TYPE_SEQUENCE" ? e with { Type = "Float", Shape = "1,10" } : e);
        string[] expected = [.. ends.Select(e => $"{e.Direction} {e.Name} {e.Type} [{e.Shape}]")];
        string[] found = [
            .. network.Inputs.Select(i => $"input {i.Name} {Type(i)} {Text(i)}"),
            .. network.Outputs.Select(o => $"output {o.Name} {Type(o.Value)} {Text(o.Value)}")];
        return expected.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)) ? [] : [
            $"{model.Name}: {string.Join(", ", found)}; expected {string.Join(", ", expected)}"];
    }

    private static string Text(Value value) => $"[{string.Join(",", value.Shape)}]";

    private static string Type(Value value) => value.Type == OnnxType.Float32 ? "Float" : value.Type.ToString();
}
