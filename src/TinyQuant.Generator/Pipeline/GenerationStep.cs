using Microsoft.CodeAnalysis.Text;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>From a model to its two files; what fails becomes a diagnostic and a public surface that throws.</summary>
internal static class GenerationStep
{
    public static GeneratedModel Generate(LoweringInput input, CancellationToken cancellation) =>
        Generate(input, ModelLowering.Lower, cancellation);

    /// <summary>The same with another lowering: no model is known with which the one there is fails.</summary>
    public static GeneratedModel Generate(LoweringInput input,
        Func<ValidGraph, NameTable, CancellationToken, LoweredModel> lower, CancellationToken cancellation)
    {
        ValidGraph? graph = input.File?.Graph;
        if (input.Failed || graph is null)
        {
            return Failed(input, graph?.Graph);
        }

        try
        {
            LoweredModel model = lower(graph, NameTable.ForType(input.Shape), cancellation);
            string code = CodeEmitter.Emit(model, input.Shape, input.TracesLayers);
            EquatableArray<string> collisions = MemberCollisions.Of(code, input.Shape);
            return collisions.Length > 0
                ? new GeneratedModel(
                    input.Shape, "", "", ModelCost.Of(model), EquatableArray<DiagnosticInfo>.Empty, collisions)
                : new GeneratedModel(input.Shape, code, WeightsEmitter.Emit(model, input.Shape), ModelCost.Of(model),
                    EquatableArray<DiagnosticInfo>.Empty, EquatableArray<string>.Empty);
        }
        catch (UnsupportedModelException e)
        {
            return Failed(input, graph.Graph,
                new DiagnosticInfo(Descriptors.Unsupported, LineOf(input.File!, e.Line), e.Message));
        }
        // An exception that leaves a generator is only a warning, CS8785, and a build full of other errors.
#pragma warning disable CA1031
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Failed(input, graph.Graph, new DiagnosticInfo(
                Descriptors.InternalError, LineOf(input.File!, 0), graph.Graph.Name,
                $"{e.GetType().Name}: {e.Message}"));
        }
    }

    /// <summary>
    /// The surface has members that the model itself need not have: where one collides, that is no error of the user's.
    /// </summary>
    private static GeneratedModel Failed(LoweringInput input, Graph? graph, params DiagnosticInfo[] errors)
    {
        string code = ThrowingEmitter.Emit(input.Shape, graph);
        return new GeneratedModel(input.Shape, MemberCollisions.Of(code, input.Shape).Length > 0 ? "" : code, "", null,
            new EquatableArray<DiagnosticInfo>([.. errors]), EquatableArray<string>.Empty);
    }

    private static LocationInfo LineOf(ModelFile file, int line)
    {
        var start = new LinePosition(Math.Max(0, line), 0);
        return new LocationInfo(file.Path, default, new LinePositionSpan(start, start));
    }
}
