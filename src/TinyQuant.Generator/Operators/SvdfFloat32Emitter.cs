using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>All float32.</summary>
internal sealed class SvdfFloat32Emitter : IOperatorEmitter
{
    public static readonly SvdfFloat32Emitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var svdf = (Svdf)op;
        (float min, float max) = svdf.Activation.Range(); // infinite ones too, unlike other operators
        string bias = svdf.Bias is { } constant
            ? context.Span(constant)
            : context.Bake(svdf.Output.Name + ".bias", TensorType.Float32,
                new byte[svdf.Output.Shape[1] * sizeof(float)], "no bias");
        return context.Call(op, "Kernels::Svdf.Float32",
            context.Span(svdf.Input), context.Span(svdf.FeatureWeights), context.Span(svdf.TimeWeights), bias,
            ("min", min), ("max", max), ("filters", svdf.FeatureWeights.Shape[0]),
            context.Span(svdf.State), context.Span(svdf.Output));
    }
}
