using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>The sets of operators that are understood, in which versions.</summary>
internal static class OperatorSets
{
    private const int Oldest = 7;
    private const int NewestLearning = 5;

    /// <summary>
    /// Whether a file's versions are known. A newer one may have changed what operators mean; one older than 7 had
    /// other rules for shapes.
    /// </summary>
    public static bool Check(OnnxModel model, ErrorCollection errors)
    {
        Check(model.Versions, model.Graph.Nodes, errors);
        foreach (OnnxFunction function in model.Functions)
        {
            Check(function.Versions, function.Nodes, errors);
        }

        return errors.IsEmpty;
    }

    private static void Check(
        ImmutableDictionary<string, long> versions, ImmutableArray<OnnxNode> nodes, ErrorCollection errors)
    {
        (string Domain, int Oldest, int Newest)[] known =
        [
            (Domains.Onnx, Oldest, Network.NewestVersion), (Domains.Learning, 1, NewestLearning),
            (Domains.Microsoft, 1, 1),
        ];
        if (!versions.ContainsKey(Domains.Onnx) && nodes.Any(n => n.Domain == Domains.Onnx))
        {
            errors.Add("it, or a function in it, does not say which version of ai.onnx its operators are of; expected "
                + Invariant($"{Oldest} to {Network.NewestVersion}"));
        }

        foreach ((string domain, int oldest, int newest) in known)
        {
            if (versions.TryGetValue(domain, out long version) && (version < oldest || version > newest)
                && (domain == Domains.Onnx || nodes.Any(n => n.Domain == domain)))
            {
                errors.Add(Invariant($"its operators are of version {version} of {Domains.Shown(domain)}; expected ")
                    + Invariant($"{oldest} to {newest}; a converter brings a model to another one"));
            }
        }
    }
}
