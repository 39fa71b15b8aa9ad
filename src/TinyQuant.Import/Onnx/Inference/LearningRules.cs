using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Operators of classical machine learning, over rows of features.</summary>
internal static class LearningRules
{
    private static readonly string[] s_trees =
    [
        "base_values", "base_values_as_tensor", "nodes_falsenodeids", "nodes_featureids", "nodes_hitrates",
        "nodes_hitrates_as_tensor", "nodes_missing_value_tracks_true", "nodes_modes", "nodes_nodeids",
        "nodes_treeids", "nodes_truenodeids", "nodes_values", "nodes_values_as_tensor", "post_transform",
    ];

    public static IEnumerable<OperatorRule> All =>
    [
        Of("Scaler", Inferring.SetAlike, "offset", "scale"),
        Of("Normalizer", Inferring.SetAlike, "norm"),
        Of("Binarizer", Inferring.SetAlike, "threshold"),
        Of("Imputer", Inferring.SetAlike, "imputed_value_floats", "imputed_value_int64s", "replaced_value_float",
            "replaced_value_int64"),
        Of("LinearRegressor", node => node.Set(0, OnnxType.Float32, [Rows(node), node.Attributes.Int32("targets", 1)]),
            "coefficients", "intercepts", "post_transform", "targets"),
        Of("LinearClassifier", node => InferClassifier(node, "classlabels_ints"), "classlabels_ints",
            "classlabels_strings", "coefficients", "intercepts", "multi_class", "post_transform") with
        {
            MostOutputs = 2,
        },
        Of("TreeEnsembleRegressor", node => node.Set(
                0, OnnxType.Float32, [Rows(node), node.Attributes.Int32("n_targets", 1)]),
            [.. s_trees, "aggregate_function", "n_targets", "target_ids", "target_nodeids", "target_treeids",
                "target_weights", "target_weights_as_tensor"]),
        Of("TreeEnsembleClassifier", node => InferClassifier(node, "classlabels_int64s"),
            [.. s_trees, "class_ids", "class_nodeids", "class_treeids", "class_weights", "class_weights_as_tensor",
                "classlabels_int64s", "classlabels_strings"]) with { MostOutputs = 2 },
        Of("ArrayFeatureExtractor", InferExtractor) with { LeastInputs = 2, MostInputs = 2 },
    ];

    private static OperatorRule Of(string name, Action<Node> infer, params string[] attributes) => new(name)
    {
        Domain = Domains.Learning,
        MostInputs = 1,
        Attributes = attributes,
        Infer = infer,
    };

    private static int Rows(Node node)
    {
        node.RequireRank(0, 1, 2);
        return node.Required(0).Rank == 2 ? node.Required(0).Shape[0] : 1;
    }

    /// <summary>A label for each row, and a score for each class.</summary>
    private static void InferClassifier(Node node, string labels)
    {
        ImmutableArray<string> texts = node.Attributes.Strings("classlabels_strings");
        ImmutableArray<long> numbers = node.Attributes.Ints(labels);
        int classes = texts.IsDefaultOrEmpty ? numbers.IsDefault ? 0 : numbers.Length : texts.Length;
        Inferring.Require(classes > 0, "it says no classes");
        Inferring.Require(texts.IsDefaultOrEmpty || node.OutputAt(0) is not { } label
            || (label.Readers.Count == 0 && !label.IsOutput),
            "the label of the class is text, and asked for; expected its number, or scores alone, by --outputs");
        node.Set(0, OnnxType.Int64, [Rows(node)]);
        node.Set(1, OnnxType.Float32, [Rows(node), classes]);
    }

    private static void InferExtractor(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        Inferring.Require(!shape.IsEmpty, "its input has no dimensions");
        node.SetShape(shape.SetItem(shape.Length - 1, (int)Shapes.Count(node.Required(1).Shape)));
    }
}
