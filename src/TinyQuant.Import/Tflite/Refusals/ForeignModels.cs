using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Refusals;

/// <summary>
/// TensorFlow Lite files that are refused as a whole, since one reason stands behind every line that would be said of
/// their operators and tensors.
/// </summary>
internal static class ForeignModels
{
    /// <summary>
    /// What to do about such a model, and what it is; null where operators are to be looked at one by one.
    /// </summary>
    public static string? Find(SourceModel model)
    {
        if (model.Operators.Cast<TfliteOperator>().Any(o => o.Code == BuiltinOperator.CUSTOM && o.Name == "ethos-u"))
        {
            return "import the file that Vela was given: this one is compiled for an Arm Ethos-U, as commands and "
                + "scratch memory of that processor";
        }

        return model.Operators.Cast<TfliteOperator>()
            .Any(o => o.Code == BuiltinOperator.CUSTOM && o.Name == "edgetpu-custom-op")
            ? "import the file that the Edge TPU Compiler was given: this one is compiled for a Coral Edge TPU"
            : null;
    }
}
