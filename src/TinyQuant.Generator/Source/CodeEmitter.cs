namespace TinyQuant.Generator;

/// <summary>The file with the model's constants and methods; its weights are in another.</summary>
internal static class CodeEmitter
{
    public static string Emit(LoweredModel model, TargetShape shape, bool tracesLayers)
    {
        return TypeFrame.Write(shape, TypeDocumentation.Of(model), writer =>
        {
            PropertiesEmitter.Emit(writer, model);
            RunEmitter.Emit(writer, model, tracesLayers);
            if (model.Classify is not null)
            {
                ClassifyEmitter.Emit(writer, model, model.Classify);
            }

            InstanceEmitter.Emit(writer, model, shape);
        });
    }
}
