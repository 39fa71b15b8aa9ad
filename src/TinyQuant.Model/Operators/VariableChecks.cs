namespace TinyQuant.Model;

/// <summary>What holds between a variable and a tensor that is copied to or from it.</summary>
internal static class VariableChecks
{
    /// <summary>One type, and as many elements; the shape is each tensor's own.</summary>
    public static IEnumerable<string> Copy(Tensor variable, Tensor other)
    {
        foreach (string error in Checks.SameType(TensorTypes.Computing, variable, other))
        {
            yield return error;
        }

        if (variable.ElementCount != other.ElementCount)
        {
            yield return Invariant($"'{other.Name}' {other.ShapeText} has {other.ElementCount} elements; expected ")
                + Invariant($"{variable.ElementCount}, as the variable '{variable.Name}' {variable.ShapeText} has");
        }
    }
}
