from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_search")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="person_name"),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["name_key", "id"], name="person_by_name")
        ),
    ]
