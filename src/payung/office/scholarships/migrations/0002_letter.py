from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scholarships", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="child",
            name="letter",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
    ]
